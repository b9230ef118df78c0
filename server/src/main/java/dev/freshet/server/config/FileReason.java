package dev.freshet.server.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;

/** Why a file cannot be used, for people. */
public final class FileReason {
  private FileReason() {}

  public static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException e -> "access is denied";
      case NoSuchFileException e -> "it is not there";
      case FileAlreadyExistsException e -> "a file is in the way";
      case FileSystemException e ->
          Optional.ofNullable(e.getReason())
              .map(reason -> reason.toLowerCase(Locale.ROOT))
              .orElse("it cannot be used");
      default -> String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    };
  }
}
