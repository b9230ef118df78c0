package dev.freshet.microscopy;

import static java.util.stream.Collectors.joining;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a record's Javadoc says.
 *
 * @param components by name; those that it is silent on are not there
 */
record RecordDoc(@Nullable String text, Map<String, String> components) {
  private static final Path SOURCES = Path.of("src/main/java");

  static RecordDoc of(Class<? extends Record> type) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Path source = SOURCES.resolve(type.getName().replace('.', '/') + ".java");
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
      CompilationUnitTree unit = task.parse().iterator().next();
      TreePath path = new TreePath(new TreePath(unit), unit.getTypeDecls().getFirst());
      return of(DocTrees.instance(task).getDocCommentTree(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordDoc of(@Nullable DocCommentTree doc) {
    if (doc == null) return new RecordDoc(null, Map.of());
    Map<String, String> components = new TreeMap<>();
    for (DocTree tag : doc.getBlockTags()) {
      if (tag instanceof ParamTree parameter)
        components.put(parameter.getName().toString(), text(parameter.getDescription()));
    }
    return new RecordDoc(text(doc.getFullBody()), components);
  }

  private static String text(List<? extends DocTree> parts) {
    return parts.stream().map(RecordDoc::text).collect(joining()).replaceAll("\\s+", " ").strip();
  }

  private static String text(DocTree part) {
    return switch (part) {
      case TextTree words -> words.getBody();
      case LiteralTree literal -> "`" + literal.getBody().getBody() + "`";
      case LinkTree link -> "`" + link.getReference().getSignature() + "`";
      default -> part.toString();
    };
  }
}
