# Where everybody stands, in R: winset reads, R does the rest. Needs R with jsonlite, and winset on the path.
#
#   Rscript examples/r/positions.R CASE [FILE.pdf]
#
# CASE: a case file (.yaml) or a kept case (.winset).  Prints a table of positions and what a few what-ifs come to, and
# draws the positions with their 90% intervals.

library(jsonlite)

# One call of winset, its JSON as lists and data frames. What winset refuses, R stops with, in winset's own words.
winset <- function(...) {
  complaints <- tempfile()
  on.exit(unlink(complaints))
  own <- "LD_LIBRARY_PATH=" # R names its own libraries there, and another Python's may be among them
  said <- suppressWarnings(
    system2("winset", shQuote(c(..., "--json")), stdout = TRUE, stderr = complaints, env = own)
  )
  status <- attr(said, "status")
  if (!is.null(status)) {
    stop(paste(readLines(complaints, encoding = "UTF-8"), collapse = "\n"), call. = FALSE)
  }
  Encoding(said) <- "UTF-8" # winset writes UTF-8 wherever it runs
  fromJSON(paste(said, collapse = "\n"))
}

# The probability that the proposal is adopted, as given and with each what-if, as in "France=60".
decisions <- function(case, what_if) {
  told <- do.call(winset, as.list(c("decide", case, rbind("--what-if", what_if))))
  adopted <- function(issues) issues$probability_adopted[1]
  data.frame(
    what_if = c("as given", told$what_if$what_if),
    adopted = round(c(adopted(told$issues), vapply(told$what_if$issues, adopted, numeric(1))), 3)
  )
}

draw <- function(held, title) {
  rows <- seq_len(nrow(held))
  tint <- ifelse(held$value > 50, "#1666a8", "#b4560b")
  par(mar = c(4, 14, 2, 1), las = 1)
  plot(held$value, rows,
    xlim = c(0, 100), ylim = c(0.5, nrow(held) + 0.5), pch = ifelse(held$member, 19, 15), col = tint,
    xlab = "0: status quo, 100: proposal; bars: 90% intervals; squares: no vote", ylab = "", yaxt = "n",
    main = title, cex.main = 1
  )
  segments(held$low, rows, held$high, rows, col = tint, lwd = 2)
  axis(2, at = rows, labels = held$short, tick = FALSE)
  abline(v = 50, lty = 3)
}

main <- function(arguments) {
  if (length(arguments) < 1) stop("say which case: Rscript positions.R CASE [FILE.pdf]", call. = FALSE)
  case <- arguments[1]
  file <- if (length(arguments) > 1) arguments[2] else "positions.pdf"

  told <- winset("positions", case)
  if (length(told$positions) == 0) stop("nobody is on record for or against it", call. = FALSE)
  held <- told$positions[order(told$positions$value), ]
  held$short <- ifelse(nchar(held$actor) > 28, paste0(substr(held$actor, 1, 26), "..."), held$actor)
  shown <- held[, c("short", "member", "value", "std_error", "origins", "statements")]
  print(setNames(shown, c("actor", "votes", "position", "std_error", "origins", "statements")), row.names = FALSE)

  member <- held$actor[held$member][1] # who is furthest from the proposal, of those with a vote
  if (!is.na(member)) {
    cat("\n")
    print(decisions(case, paste0(member, "=", c(40, 60, 80))), row.names = FALSE)
  }

  pdf(file, width = 8, height = 1.5 + 0.35 * nrow(held))
  draw(held, told$issue)
  invisible(dev.off())
  cat("\nDrawn:", file, "\n")
}

main(commandArgs(trailingOnly = TRUE))
