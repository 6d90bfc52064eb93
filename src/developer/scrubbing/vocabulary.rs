//! The words the rules know, as data: each list has its words apart by spaces.

/// Annotations and at-rules of languages and tools, and whom chats mean by everyone, in lower case.
pub(super) const ANNOTATIONS: &str = "\
    abstract abstractmethod actor after aftereach all api apply app author autoclosure autowired available bean before beforeeach \
    beforeall afterall beta binding breaking builder cache cached charset channel classmethod client column component composable \
    configuration container contextmanager controller controlleradvice cron dataclass data default deprecated description dev \
    directive discardableresult dispatch dsl edge enableautoconfiguration entity enum environment environmentobject escaping event \
    everyone example exceptionhandler experimental extend extends fetchrequest file fixture flow font-face frozen function functools \
    future generated generatedvalue get getmapping getter given global graphql group head here id ignore implements import include \
    inheritdoc inject injectable input insta interface internal io_bound jit joincolumn js jsonproperty jsx jvmstatic keyframes \
    latest layer link lombok lru_cache lts main mainactor manytoone master media method mixin mock mockbean module namespace \
    namedtuple newtype next ngmodule nightly none nonnull noescape nonnullapi notnull nullable objc observable observed \
    observedobject onetomany optional order output overload override package param parameterizedtest params patch pipe post \
    postconstruct predestroy postmapping preview primary print private profile prop property protected provider provides public \
    published putmapping qualifier query queryparam rc readonly ref remarks repository requestbody requestmapping requestparam \
    requires responsebody restcontroller retry return returns route rule safe scheduled scope sealed see serializable service \
    setter setup sideeffect since singleton size slf4j source specialname spy springbootapplication springboottest stable state \
    stateobject static staticmethod step stepscope supports suppress suppresslint suppresswarnings table tag tailwind target task \
    team template test testable tests throws timeout tmp todo traced track transactional transient tryfail tsignore type typedef \
    uimodule unchecked unit unittest unknown unsafe use usecase validated value var version vertx viewchild visiblefortesting when \
    wraps yield";

/// What decorators of Python, Node and other languages begin with, before a dot.
pub(super) const DECORATORS: &str = "app api pytest router click flask functools property mock patch celery task nox typer attr attrs unittest torch tf jax numba \
     strawberry dag hypothesis given angular babel testing-library storybook eslint vue react vite nestjs aws-sdk reduxjs tanstack \
     commitlint semantic-release sentry typescript-eslint rollup octokit docusaurus";

/// Registry hives of Windows and their short names, which stand where domains of accounts do.
pub(super) const HIVES: &str = "HKLM HKCU HKCR HKU HKCC HKEY CR LF CRLF";

/// Words before a number that make four numbers a version.
pub(super) const VERSIONED: &str = "v ver version versions versionen release releases build chart tag update upgrade upgraded sdk jdk \
    runtime driver firmware section oid git バージョン";

/// The last part of a domain that nothing else ends in.
pub(super) const SUFFIXES: &str =
    "com org net edu gov mil de uk jp fr nl eu ch se fi dk es cz ca au nz br cn kr tw ru hu sk bg hr lt lv ee lu gr pt ie biz";

/// The last part of an internal name.
pub(super) const INTERNAL: &str = "internal intern corp lan intra intranet localdomain local";

/// The last part of an internal name of three parts or more.
pub(super) const INTERNAL_LONG: &str = "private home consul cluster svc arpa onprem ad prod staging stage";

/// The last part of a domain that members of objects, files and products have as well: three parts together are a host.
pub(super) const MODERN: &str =
    "io dev cloud ai tech systems xyz online site company network digital software gmbh berlin services solutions";

/// The last part of a domain that is an ordinary word or the end of a file's name: more must tell that it is a host.
pub(super) const AMBIGUOUS: &str = "in at it be no is me pl to us app co info test host live run build group space example invalid zone cc tv id name team work \
     tools global cz cfg mx za il sg hk th vn ar cl";

/// What machines and services are called: with one of these a name is a host.
pub(super) const SERVERS: &str = "www api git gitlab gitea gerrit jenkins grafana jira wiki confluence build ci cd mail smtp imap vpn portal stage staging prod \
     production test qa uat nexus registry artifactory harbor kibana elastic elasticsearch prometheus alertmanager argocd argo vault \
     k8s kube sso login auth idp keycloak intranet monitor monitoring backstage sonar sonarqube sentry db postgres mysql redis kafka \
     mongo rabbitmq proxy gateway gw ldap dns ntp nas files share chat mattermost rocket docs status dashboard runner bastion jump";

/// What the parts of a machine's name say it is for.
pub(super) const ROLES: &str = "prod prd stg staging dev qa uat db sql srv svr web vm node host build ci runner gpu cpu jump bastion mail file nas esx \
     hv k8s kube worker master agent jenkins ip ec2 lb gw fw dc pc nb ws lt laptop desktop";

/// Words before the name of a machine.
pub(super) const CUES: &str =
    "ssh scp rsync telnet host hosts hostname server servers machine machines vm vms box bastion rechner rechners maschine";

/// Words before the name of a machine that says what it is for.
pub(super) const PLACES: &str = "on from to via auf von über node nodes runner agent knoten";

/// Words that may stand between those and the name.
pub(super) const CUE_FILLERS: &str = "into onto to on the auf den dem der die called named namens";

/// First parts that make a name with a dot one of code, a file or a setting.
pub(super) const NO_HOSTS: &str = "this self super env settings config configuration application appsettings values thread override compose docker-compose pkg \
     app src lib com private public default module package data state props req res ctx err log logger console process window \
     document string array object math json user request response session model view options params event node";

/// First parts of the names of packages, which are domains the other way round.
pub(super) const PACKAGES: &str =
    "com org net io edu gov de dev java javax jakarta android androidx kotlin kotlinx scala sun jdk system microsoft me uk co fr";

/// Public sites that tell nothing of who names them; the names of products that look like a host among them.
pub(super) const PUBLIC: &str = "github.com gitlab.com bitbucket.org stackoverflow.com stackexchange.com npmjs.com npmjs.org nodejs.org docker.com hub.docker.com \
     docker.io ghcr.io quay.io google.com amazon.com aws.amazon.com console.aws.amazon.com microsoft.com azure.com portal.azure.com \
     crates.io docs.rs lib.rs rust-lang.org doc.rust-lang.org python.org pypi.org readthedocs.io readthedocs.org mozilla.org \
     developer.mozilla.org wikipedia.org kubernetes.io helm.sh atlassian.com slack.com jetbrains.com visualstudio.com oracle.com \
     apache.org golang.org go.dev pkg.go.dev gradle.org maven.org mvnrepository.com spring.io start.spring.io angular.io react.dev \
     reactjs.org vuejs.org typescriptlang.org web.dev openai.com chatgpt.com anthropic.com claude.ai reddit.com youtube.com \
     twitter.com x.com linkedin.com medium.com dev.to hashicorp.com terraform.io vaultproject.io postgresql.org mysql.com sqlite.org \
     redis.io mongodb.com elastic.co grafana.com prometheus.io sentry.io datadoghq.com newrelic.com pagerduty.com opentelemetry.io \
     ietf.org w3.org owasp.org schema.org json.org json-schema.org git-scm.com gnu.org kernel.org debian.org ubuntu.com redhat.com \
     apple.com developer.apple.com android.com qiita.com zenn.dev heise.de semver.org keepachangelog.com 12factor.net \
     conventionalcommits.org unicode.org deepl.com notion.so figma.com miro.com zoom.us asp.net vb.net ado.net ml.net json.net \
     paint.net booking.com auth0.com cloudflare.com vercel.com netlify.com heroku.com localhost host.docker.internal \
     metadata.google.internal example.com/path";

/// Sites on which a path names whose code or page it is.
pub(super) const HOSTING: &str = "github.com gitlab.com bitbucket.org ghcr.io quay.io hub.docker.com docker.io google.com docs.google.com notion.so figma.com miro.com \
     slack.com zoom.us linkedin.com reddit.com twitter.com x.com medium.com dev.to qiita.com zenn.dev youtube.com chatgpt.com \
     portal.azure.com console.aws.amazon.com aws.amazon.com sentry.io";

/// First parts under which a public site stands as well.
pub(super) const PUBLIC_PARTS: &str =
    "www docs doc developer developers learn en de ja api support help status blog registry pkg wiki";

/// Schemes of links that lead to no host.
pub(super) const NO_SCHEMES: &str = "file data app about urn arn tel chrome vscode jar classpath res asset blob";

/// Folders of people who are no one in particular.
pub(super) const NOBODY: &str = "user users username runner runneradmin ubuntu node app jovyan vscode git linuxbrew circleci jenkins vagrant ec2-user pi dev root \
     admin administrator shared public default guest travis builder build ci docker www www-data nobody me you yourname name foo home \
     page index dashboard settings login profile feed work code containeradministrator systemprofile codespace gitpod coder azureuser \
     all";

/// Words behind a tilde that say how much or how often.
pub(super) const AMOUNTS: &str = "half shortly roughly about almost around one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety hundred thousand \
     a an all every once twice hourly daily weekly monthly yearly same zero none most few several some equal ein eine einen zwei drei \
     vier fünf sechs sieben acht neun zehn zwanzig dreißig hundert halb halbe einmal zweimal täglich wöchentlich monatlich jede jeden";

/// Words before a telephone number.
pub(super) const TELEPHONES: &str = "phone telephone tel mobile cell fax ext extension dect telefon telefonnummer handy handynummer mobil durchwahl rufnummer nst anruf";

/// Words that may stand between those and the number.
pub(super) const TELEPHONE_FILLERS: &str =
    "number no nr nummer is at on me us my unter mich uns ist lautet der die ca auf dial in";

/// The same where no spaces are put between words.
pub(super) const TELEPHONES_TOGETHER: [&str; 5] = ["電話", "内線", "携帯", "TEL", "ファックス"];

/// Words whose value is a secret, in lower case.
pub(super) const SECRETS: [&str; 24] = [
    "password",
    "passwd",
    "passphrase",
    "passwort",
    "kennwort",
    "pwd",
    "pass",
    "secret",
    "token",
    "api_key",
    "api-key",
    "apikey",
    "access_key",
    "access-key",
    "accesskey",
    "private_key",
    "private-key",
    "auth_key",
    "credential",
    "credentials",
    "パスワード",
    "トークン",
    "秘密鍵",
    "暗証番号",
];

/// Values that stand for one or say that there is none, in lower case.
pub(super) const NO_SECRETS: &str = "true false null none nil undefined required optional expired missing invalid empty string str bool int redacted hidden unset \
     changed reset rotated shared secret password token username user env vault yes no false; never always default text plaintext bytes";

/// What words of technique begin with that hold digits as passwords do.
pub(super) const TECHNIQUES: &str = "base64 base32 sha1 sha2 sha256 sha384 sha512 md5 oauth2 oauth1 argon2 argon2id rs256 rs512 hs256 hs512 es256 ed25519 aes128 aes256 \
     aes-128 aes-256 x509 utf8 utf-8 utf16 http2 http/2 http1 ipv4 ipv6 k8s s3 ec2 p256 pkcs1 pkcs8 pkcs12 p12 log4j rsa2048 rsa4096 2fa \
     mfa sso";
