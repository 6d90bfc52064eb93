# Reads a file with haven as `read.R READER FILE` and prints as JSON, of each variable, its values, its label and those of its values.

suppressPackageStartupMessages(library(haven))

# Gives a text in the quotes of JSON.
quoted <- function(text) {
  text <- enc2utf8(text)
  text <- gsub("\\", "\\\\", text, fixed = TRUE)
  text <- gsub("\"", "\\\"", text, fixed = TRUE)
  text <- gsub("\n", "\\n", text, fixed = TRUE)
  paste0("\"", text, "\"")
}

list_of <- function(items) paste0("[", paste(items, collapse = ","), "]")
object_of <- function(names, items) paste0("{", paste(paste0(quoted(names), ":", items), collapse = ","), "}")

# Gives numbers with every digit, and a value that is missing as the letter it is tagged with.
plain <- function(values) {
  if (is.character(values)) return(quoted(values))
  numbers <- as.double(unclass(values))
  letters <- na_tag(numbers)
  ifelse(is.na(numbers), ifelse(is.na(letters), "null", quoted(paste0(".", letters))), sprintf("%.17g", numbers))
}

arguments <- commandArgs(trailingOnly = TRUE)
data <- switch(arguments[1], spss = read_sav(arguments[2], user_na = TRUE), stata = read_dta(arguments[2]))
# As they are read by whoever doesn't ask for kinds of absence.
default <- switch(arguments[1], spss = read_sav(arguments[2]), stata = data)
variables <- lapply(setNames(nm = names(data)), function(name) {
  values <- data[[name]]
  labels <- attr(values, "labels")
  words <- if (length(labels)) object_of(gsub("\"", "", plain(labels), fixed = TRUE), quoted(names(labels))) else "{}"
  label <- attr(values, "label")
  range <- attr(values, "na_range")
  object_of(
    c("values", "label", "words", "range", "missing"),
    c(
      list_of(plain(values)),
      if (is.null(label)) "null" else quoted(label),
      words,
      if (is.null(range)) "null" else list_of(sprintf("%.17g", range)),
      list_of(ifelse(is.na(default[[name]]), "true", "false"))
    )
  )
})
cat(object_of(names(data), unlist(variables)))
