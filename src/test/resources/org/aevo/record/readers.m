% Prints what Octave loads of the HDF5 file AEVO_FILE: path, n or t, values; texts as codes. AEVO_NAMES are the groups, or *.
function walk (path, group)
  for [value, key] = group
    name = [path "/" key];
    if isstruct (value)
      walk (name, value);
    elseif ischar (value)
      texts = repmat ({""}, 1, max (1, rows (value)));
      for row = 1:rows (value)
        texts{row} = sprintf ("%d ", double (value(row,:)));
      endfor
      printf ("%s\tt\t%s\n", name, strjoin (texts, ";"));
    else
      printf ("%s\tn\t%s\n", name, sprintf ("%.17g ", value(:)));
    endif
  endfor
endfunction
walk ("", load (AEVO_FILE, strsplit (AEVO_NAMES, " "){:}));
