# Reads cases, one on each line (a name, then vectors of numbers with blanks between them and commas within), and prints for each what R's
# own functions make of it, with all digits.
options(warn = -1)
values <- function(text) as.numeric(strsplit(text, ",")[[1]])
said <- list(
  mean = function(a) t.test(a)$conf.int,
  welch = function(a, b) { t <- t.test(b, a); c(mean(b) - mean(a), t$conf.int, t$parameter, t$p.value) },
  mann_whitney = function(a, b) {
    w <- wilcox.test(b, a, exact = FALSE, correct = TRUE)
    c(w$statistic / (length(a) * length(b)), w$p.value)
  },
  share = function(x, n) c(prop.test(x, n, correct = FALSE)$conf.int, binom.test(x, n)$conf.int),
  trend = function(x, n, at) {
    t <- prop.trend.test(x, n, at)
    c(coef(lm(x / n ~ at, weights = n))[2], sqrt(t$statistic), t$p.value)
  },
  crosstab = function(cells, columns) {
    t <- chisq.test(matrix(cells, ncol = columns, byrow = TRUE), correct = FALSE)
    c(t$statistic, t$p.value, t(t$stdres))
  },
  rank = function(a, b) {
    s <- cor.test(a, b, method = "spearman", exact = FALSE)
    k <- cor.test(a, b, method = "kendall", exact = FALSE)
    c(s$estimate, s$p.value, k$estimate, k$p.value)
  },
  family = function(p) p.adjust(p, "BH"),
  quantiles = function(a, at) sapply(1:9, function(type) quantile(a, at, type = type)),
  alpha = function(cells, k) {
    rows <- matrix(cells, ncol = k, byrow = TRUE)
    n <- nrow(rows)
    s <- cov(rows)
    alpha <- k / (k - 1) * (1 - sum(diag(s)) / sum(s))
    c(alpha, 1 - (1 - alpha) * qf(c(.975, .025), n - 1, (n - 1) * (k - 1)))
  },
  raking = function(cells, columns, rows, across) {
    start <- matrix(cells, ncol = columns, byrow = TRUE)
    wanted <- outer(rows / sum(rows), across / sum(across)) * sum(cells)
    w <- loglin(wanted, list(1, 2), start = start, fit = TRUE, eps = 1e-13, iter = 1000, print = FALSE)$fit / start
    c(t(w), sum(start * w)^2 / sum(start * w^2))
  },
  drivers = function(cells, k) {
    rows <- as.data.frame(matrix(cells, ncol = k, byrow = TRUE))
    whole <- summary(lm(V1 ~ ., data = rows))$r.squared
    vif <- sapply(2:k, function(at) 1 / (1 - summary(lm(rows[[at]] ~ ., data = rows[-c(1, at)]))$r.squared))
    c(whole, vif)
  }
)
for (line in readLines(file("stdin"))) {
  words <- strsplit(line, " ")[[1]]
  cat(sprintf("%.17g", do.call(said[[words[1]]], unname(lapply(words[-1], values)))), "\n")
}
