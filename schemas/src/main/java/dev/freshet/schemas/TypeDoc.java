package dev.freshet.schemas;

import static java.util.stream.Collectors.joining;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a type's Javadoc says.
 *
 * @param components of a record, by name; those that it is silent on are not there
 */
record TypeDoc(@Nullable String text, Map<String, String> components) {
  private static final TypeDoc NONE = new TypeDoc(null, Map.of());
  private static final ClassValue<TypeDoc> KNOWN =
      new ClassValue<>() {
        @Override
        protected TypeDoc computeValue(Class<?> type) {
          return read(type);
        }
      };

  /** Of a type of the module that the test runs in, or of the core. */
  static TypeDoc of(Class<?> type) {
    return KNOWN.get(type);
  }

  private static TypeDoc read(Class<?> type) {
    Path source = source(type);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
      TreePath path = new Search(type).scan(task.parse(), null);
      return path == null ? NONE : of(DocTrees.instance(task).getDocCommentTree(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path source(Class<?> type) {
    String file = type.getNestHost().getName().replace('.', '/') + ".java";
    Path here = Path.of("").toAbsolutePath();
    Stream<Path> cores =
        Stream.iterate(here, p -> p != null, Path::getParent).map(p -> p.resolve("core"));
    return Stream.concat(Stream.of(here), cores)
        .flatMap(
            module -> Stream.of("main", "test").map(part -> module.resolve("src").resolve(part)))
        .map(part -> part.resolve("java").resolve(file))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no source of " + type.getName()));
  }

  /** Finds the declaration of a class, nested ones too. */
  private static final class Search extends TreePathScanner<@Nullable TreePath, @Nullable Void> {
    private final String name;

    Search(Class<?> type) {
      this.name = type.getCanonicalName();
    }

    @Override
    public @Nullable TreePath visitClass(ClassTree tree, @Nullable Void unused) {
      return name.equals(named()) ? getCurrentPath() : super.visitClass(tree, null);
    }

    private String named() {
      StringBuilder nested = new StringBuilder();
      for (TreePath at = getCurrentPath(); at != null; at = at.getParentPath()) {
        if (at.getLeaf() instanceof ClassTree type) nested.insert(0, "." + type.getSimpleName());
        if (at.getLeaf() instanceof CompilationUnitTree unit)
          nested.insert(0, unit.getPackageName());
      }
      return nested.toString();
    }

    @Override
    public @Nullable TreePath reduce(@Nullable TreePath one, @Nullable TreePath other) {
      return one == null ? other : one;
    }
  }

  private static TypeDoc of(@Nullable DocCommentTree doc) {
    if (doc == null) return NONE;
    Map<String, String> components = new TreeMap<>();
    for (DocTree tag : doc.getBlockTags()) {
      if (tag instanceof ParamTree parameter)
        components.put(parameter.getName().toString(), text(parameter.getDescription()));
    }
    return new TypeDoc(text(doc.getFullBody()), components);
  }

  private static String text(List<? extends DocTree> parts) {
    return parts.stream().map(TypeDoc::text).collect(joining()).replaceAll("\\s+", " ").strip();
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
