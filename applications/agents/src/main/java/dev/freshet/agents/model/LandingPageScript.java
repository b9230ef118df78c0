package dev.freshet.agents.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Makes a small web page: writes it, gives it a look, reads it back and improves it. */
final class LandingPageScript implements Script {
  private static final Pattern NAME =
      Pattern.compile("(?i)\\b(?:for|about|of|called) +(?:an? |the )?([^.,;:!?\\n]{1,60})");
  private static final String PAGE = "index.html";
  private static final String STYLE = "style.css";
  private static final String SIGN = "sign.svg";

  @Override
  public boolean fits(String words) {
    return words.contains("landing page")
        || words.contains("web page")
        || words.contains("website")
        || words.contains("homepage");
  }

  @Override
  public String goal(String task) {
    return "A landing page for " + name(task) + ", in HTML and CSS, that works offline";
  }

  @Override
  public List<String> phases() {
    return List.of("Write the page", "Give it a look", "Check and improve it");
  }

  private static String name(String task) {
    Matcher name = NAME.matcher(task);
    return name.find() ? name.group(1).strip() : "Freshet";
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public Move next(Scene scene) {
    return switch (scene.phase()) {
      case 0 -> write(scene);
      case 1 -> look(scene);
      default -> check(scene);
    };
  }

  private static Call file(String path, String content, boolean replace) {
    Call call = Call.of("create_file", "path", path, "content", content);
    return replace ? call.replacing() : call;
  }

  private static Move write(Scene scene) {
    String name = html(name(scene.task()));
    if (scene.first())
      return Act.of(
          "The page needs a headline that says what "
              + name(scene.task())
              + " is, three reasons to care, and one thing to do. I write it as one file without"
              + " scripts.",
          file(PAGE, page(name), false));
    Result written = scene.now().getLast();
    if (written.good()) return new Say("", "The page is written to `" + PAGE + "`.");
    if (written.text().contains("is there already"))
      return Act.of("There is a page already; I write mine over it.", file(PAGE, page(name), true));
    return Script.failed(written);
  }

  private static Move look(Scene scene) {
    String name = html(name(scene.task()));
    if (scene.first())
      return Act.of(
          "The style sheet and the sign do not depend on each other, so I make both at once.",
          file(STYLE, style(), true),
          file(SIGN, sign(name), true));
    return scene
        .bad()
        .<Move>map(Script::failed)
        .orElseGet(() -> new Say("", "It has a style sheet and a sign, both of its own."));
  }

  private static Move check(Scene scene) {
    if (scene.first())
      return Act.of(
          "I look at what there is, and read the page as it is on the disk.",
          Call.of("list_files"),
          Call.of("read_file", "path", PAGE));
    Optional<Result> bad = scene.bad().filter(result -> !result.tool().equals("edit_file"));
    if (bad.isPresent()) return Script.failed(bad.get());
    String page =
        scene.newest("read_file").map(r -> r.json().path("content").asString("")).orElse("");
    Optional<Result> edit = scene.newest("edit_file");
    if (edit.isEmpty() && !page.contains("name=\"description\"")) return describe(scene, page);
    return report(scene, edit);
  }

  /** Puts what the page's first paragraph says where search engines look for it. */
  private static Move describe(Scene scene, String page) {
    Matcher title = Pattern.compile("<title>.*?</title>").matcher(page);
    Matcher lead = Pattern.compile("<p class=\"lead\">(.*?)</p>").matcher(page);
    if (!title.find() || !lead.find()) return report(scene, Optional.empty());
    return Act.of(
        "The page lacks a description. Its first paragraph is a good one.",
        Call.of(
            "edit_file",
            "path",
            PAGE,
            "old",
            title.group(),
            "new",
            title.group() + "\n  <meta name=\"description\" content=\"" + lead.group(1) + "\">"));
  }

  private static Move report(Scene scene, Optional<Result> edit) {
    String files =
        scene
            .newest("list_files")
            .map(list ->
                StreamSupport.stream(list.json().path("files").spliterator(), false)
                    .map(f -> "- `" + f.path("path").asString() + "`")
                    .collect(Collectors.joining("\n")))
            .orElse("");
    String description =
        edit.map(result ->
                result.good()
                    ? " I added a description for search engines."
                    : " The description was not added: " + result.text())
            .orElse("");
    return new Say(
        "",
        "The landing page for **"
            + name(scene.task())
            + "** is done; open `"
            + PAGE
            + "`."
            + description
            + "\n\n"
            + files);
  }

  private static String page(String name) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <link rel="icon" href="sign.svg">
      <link rel="stylesheet" href="style.css">
    </head>
    <body>
      <header>
        <img src="sign.svg" alt="" width="64" height="64">
        <h1>%1$s</h1>
        <p class="lead">%1$s, made with care and ready when you are.</p>
        <a class="action" href="#contact">Get started</a>
      </header>
      <main>
        <section>
          <h2>Clear</h2>
          <p>You see at a glance what you get, and what it costs.</p>
        </section>
        <section>
          <h2>Quick</h2>
          <p>From the first click to the first result in a minute.</p>
        </section>
        <section>
          <h2>Yours</h2>
          <p>No tracking, no scripts, nothing that you did not ask for.</p>
        </section>
      </main>
      <footer id="contact">
        <p>Write to us, and a person answers.</p>
      </footer>
    </body>
    </html>
    """
        .formatted(name);
  }

  private static String style() {
    return """
    :root { color-scheme: light dark; --ink: #14323d; --paper: #f4faf9; --water: #1b7f8c; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e4f2f1; --paper: #0e2027; --water: #5cc4cf; } }
    * { box-sizing: border-box; }
    body { margin: 0; font: 1.1rem/1.6 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
    header { padding: 5rem 1.5rem 4rem; text-align: center; }
    h1 { margin: 1rem 0 .5rem; font-size: clamp(2rem, 6vw, 3.5rem); line-height: 1.1; }
    .lead { max-width: 36rem; margin: 0 auto 2rem; }
    .action { display: inline-block; padding: .7rem 1.6rem; border-radius: 2rem; color: var(--paper); background: var(--water); text-decoration: none; }
    main { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1.5rem; max-width: 64rem; margin: 0 auto; padding: 1.5rem; }
    section { padding: 1.5rem; border: 1px solid color-mix(in srgb, var(--water) 35%, transparent); border-radius: 1rem; }
    h2 { margin-top: 0; color: var(--water); }
    footer { padding: 3rem 1.5rem; text-align: center; }
    """;
  }

  private static String sign(String name) {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
      <rect width="64" height="64" rx="14" fill="#1b7f8c"/>
      <text x="32" y="43" font-family="sans-serif" font-size="32" text-anchor="middle" fill="#f4faf9">%s</text>
    </svg>
    """
        .formatted(html(firstLetter(name)));
  }

  private static String firstLetter(String name) {
    return name.codePoints()
        .filter(Character::isLetterOrDigit)
        .mapToObj(Character::toString)
        .findFirst()
        .orElse("F")
        .toUpperCase(java.util.Locale.ROOT);
  }
}
