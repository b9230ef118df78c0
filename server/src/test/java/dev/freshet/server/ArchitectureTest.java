package dev.freshet.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The direction of imports. Data flows from event to connection; imports run against it. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.freshet");

  private static final DescribedPredicate<JavaClass> OUR_CLASSES = packages("dev.freshet..");

  private static final DescribedPredicate<JavaClass> CORE =
      packages("dev.freshet")
          .or(parts("event", "log", "state", "access", "view"))
          .or(parts("subscription", "resource", "runtime", "sse", "net", "application"));

  private static final DescribedPredicate<JavaClass> APPLICATIONS =
      parts("microscopy", "tasks", "runtimes", "agents", "proxy");

  @ParameterizedTest
  @CsvSource({
    "event,        ''",
    "sse,          ''",
    "net,          ''",
    "log,          event",
    "state,        event log",
    "access,       event",
    "view,         event log state access sse",
    "subscription, event log state access sse view",
    "runtime,      event log state access sse view subscription",
    "resource,     event log state access sse view subscription"
  })
  void corePackage_importsOnlyItsNeighbours(String name, String neighbours) {
    String[] allowed =
        Stream.of(name, neighbours)
            .flatMap(s -> Arrays.stream(s.split(" ")))
            .filter(s -> !s.isEmpty())
            .toArray(String[]::new);
    check(ofOurs(parts(name), parts(allowed)));
  }

  @Test
  void core_importsNoOtherModule() {
    check(ofOurs(CORE, CORE));
  }

  @Test
  void core_knowsBuffersButNoConnections() {
    check(
        noClasses()
            .that(CORE)
            .should()
            .dependOnClassesThat(packages("io.netty.channel..", "io.netty.handler..")));
  }

  @Test
  void applications_importOnlyTheCore() {
    check(
        classes()
            .that(APPLICATIONS)
            .should()
            .onlyDependOnClassesThat(
                CORE.or(APPLICATIONS)
                    .or(
                        packages(
                            "java..",
                            "javax.net..",
                            "tools.jackson..",
                            "com.fasterxml.jackson.annotation..",
                            "dev.langchain4j..",
                            "com.networknt.."))
                    .or(packages("org.jspecify..", "org.slf4j.."))));
  }

  @Test
  void client_importsNoOtherModule() {
    check(ofOurs(parts("client"), parts("client")));
  }

  @Test
  void simulator_importsOnlyTheClient() {
    check(ofOurs(parts("simulator"), parts("simulator", "client")));
  }

  @Test
  void concreteApplications_areNamedOnlyByMain() {
    DescribedPredicate<JavaClass> concrete = APPLICATIONS.or(parts("simulator"));
    DescribedPredicate<JavaClass> main = belongTo(equivalentTo(Main.class)).or(parts("server.cli"));
    check(noClasses().that(not(main.or(concrete))).should().dependOnClassesThat(concrete));
  }

  /** Connections know no routes, and nobody knows the command line. */
  @ParameterizedTest
  @CsvSource({
    "problem, ''",
    "config,  ''",
    "console, config",
    "openapi, problem",
    "limits,  problem",
    "auth,    config problem",
    "metrics, auth problem",
    "stream,  problem",
    "operating, config stream",
    "http,    config problem stream",
    "api,     auth config console http limits metrics openapi problem stream"
  })
  void serverPackage_importsOnlyItsNeighbours(String name, String neighbours) {
    String[] allowed =
        Stream.of(name, neighbours)
            .flatMap(s -> Arrays.stream(s.split(" ")))
            .filter(s -> !s.isEmpty())
            .map(s -> "server." + s)
            .toArray(String[]::new);
    check(
        noClasses()
            .that(parts("server." + name))
            .should()
            .dependOnClassesThat(packages("dev.freshet.server..").and(not(parts(allowed)))));
  }

  private static ArchRule ofOurs(
      DescribedPredicate<JavaClass> these, DescribedPredicate<JavaClass> mayImport) {
    return noClasses()
        .that(these)
        .should()
        .dependOnClassesThat(OUR_CLASSES.and(not(mayImport)))
        .as(these.getDescription() + " import of ours only " + mayImport.getDescription());
  }

  private static DescribedPredicate<JavaClass> parts(String... names) {
    return packages(
        Arrays.stream(names).map(s -> "dev.freshet." + s + "..").toArray(String[]::new));
  }

  private static DescribedPredicate<JavaClass> packages(String... patterns) {
    return resideInAnyPackage(patterns);
  }

  /** Packages that are still empty hold every rule. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(OURS);
  }
}
