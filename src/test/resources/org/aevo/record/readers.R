# Prints all that R's hdf5r reads of an HDF5 file: path, n or t, values; texts as codes.
suppressMessages(library(hdf5r))
file <- H5File$new(commandArgs(TRUE)[1], mode = "r")
for (name in list.datasets(file, recursive = TRUE)) {
  value <- file[[name]]$read()
  if (is.character(value)) {
    codes <- sapply(value, function(text) paste(utf8ToInt(enc2utf8(text)), collapse = " "))
    cat(name, "t", paste(codes, collapse = ";"), sep = "\t")
  } else {
    number <- if (inherits(value, "integer64")) as.character(value) else sprintf("%.17g", as.numeric(value))
    cat(name, "n", paste(number, collapse = " "), sep = "\t")
  }
  cat("\n")
}
