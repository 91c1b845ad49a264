// The program as section 7 of the language describes it.
#include "support/child.h"

using nabla::testing::ask;
using nabla::testing::Folder;
using nabla::testing::Outcome;
using nabla::testing::run;

TEST_CASE("Answers go to standard output, errors to standard error, with their place") {
  const Outcome o = run({"-e", "1 + 1", "-e", "f(x) = sinn(x)", "-e", "3"});
  CHECK(o.status == 1);
  CHECK(o.out == "2\n");
  CHECK(o.err ==
        "-e:2:8: error: unknown function 'sinn'; did you mean 'sin'?\n"
        "  f(x) = sinn(x)\n"
        "         ^~~~\n");
}

TEST_CASE("Exit statuses") {
  CHECK(ask("1/3").status == 0);
  CHECK(ask("1/0").status == 1);
  CHECK(run({"--no-such-option"}).status == 2);
  CHECK(run({"--digits", "many"}).status == 2);
  CHECK(run({"-e"}).status == 2);
  CHECK(run({"--version"}).status == 0);
  CHECK(run({"--help"}).out.find("--keep-going") != std::string::npos);
}

TEST_CASE("A script goes on after an error only when told to") {
  const Folder folder;
  const std::string file = folder.write("s.nabla", "1\n1/0\n2\n");
  const Outcome stops = run({file});
  CHECK(stops.out == "1\n");
  CHECK(stops.status == 1);
  CHECK(stops.err.find("s.nabla:2:") != std::string::npos);
  const Outcome goes_on = run({"--keep-going", file});
  CHECK(goes_on.out == "1\n2\n");
  CHECK(goes_on.status == 1);
}

TEST_CASE("Files, statements, definitions and standard input run in the order given, in one session") {
  const Folder folder;
  const std::string file = folder.write("s.nabla", "b = a + 1\nb\n");
  const Outcome o = run({"-D", "a=1", file, "-e", "a + b", "-"}, {.input = "a = 10; a\n# nothing\nb"});
  CHECK(o.err == "");
  CHECK(o.out == "2\n3\n10\n2\n");
  CHECK(o.status == 0);
  CHECK(run({}, {.input = "6*7"}).out == "42\n");
}

TEST_CASE("-D takes exactly one expression") {
  CHECK(run({"-D", "a=sqrt(2)", "-e", "a^2"}).out == "2\n");
  CHECK(run({"-D", "a=1; read /etc/passwd", "-e", "a"}).status == 1);
  CHECK(run({"-D", "a=1\nb=2", "-e", "a"}).status == 1);
  CHECK(run({"-D", "a=b=2", "-e", "a"}).status == 1);
  CHECK(run({"-D", "a=help sin", "-e", "a"}).status == 1);
  CHECK(run({"-D", "a=", "-e", "a"}).status == 1);
  CHECK(run({"-D", "5=3"}).status == 2);
  CHECK(run({"-D", "f(x)=3"}).status == 2);
  CHECK(run({"-D", "pi=3"}).status == 1);
}

TEST_CASE("A sandbox reads no file") {
  const Folder folder;
  const std::string inner = folder.write("inner.nabla", "7\n");
  const std::string outer = folder.write("outer.nabla", "read " + inner + "\n");
  CHECK(run({outer}).out == "7\n");
  const Outcome o = run({"--sandbox", outer});
  CHECK(o.status == 1);
  CHECK(o.out == "");
  CHECK(run({"--sandbox", inner}).out == "7\n");
}

TEST_CASE("A file that reads itself ends in an error") {
  const Folder folder;
  const std::string file = folder.write("loop.nabla", "1\nread loop.nabla\n");
  const Outcome o = run({file}, {.folder = folder.path()});
  CHECK(o.status == 1);
  CHECK(o.err.find("deep") != std::string::npos);
}

TEST_CASE("Files that cannot be read are errors with their place") {
  const Outcome missing = ask("read nowhere.nabla");
  CHECK(missing.status == 1);
  CHECK(missing.err.find("-e:1:6: error: nowhere.nabla cannot be read: No such file or directory") == 0);
  const Outcome folder = ask("read /tmp");
  CHECK(folder.status == 1);
  CHECK(folder.err.find("folder") != std::string::npos);
  CHECK(run({"/tmp"}).status == 1);
  CHECK(run({"nowhere.nabla"}).status == 1);
}

TEST_CASE("JSON is one object a line") {
  const Outcome o = run({"--format", "json", "--keep-going", "-"},
                        {.input = "x = 3\n[1/2, sin(1)]\n\nf(x) = sinn(x)\n2 < 3; (t+1)^2 - t^2\n"});
  CHECK(o.out ==
        "{\"line\":2,\"input\":\"[1/2, sin(1)]\",\"kind\":\"vector\",\"value\":[0.5,0.841470984808],"
        "\"certainty\":\"proven\"}\n"
        "{\"line\":4,\"input\":\"f(x) = sinn(x)\",\"kind\":\"error\",\"code\":\"unknown_name\","
        "\"message\":\"unknown function 'sinn'\",\"column\":8,\"suggestion\":\"sin\"}\n"
        "{\"line\":5,\"input\":\"2 < 3\",\"kind\":\"boolean\",\"value\":true,\"certainty\":\"exact\"}\n"
        "{\"line\":5,\"input\":\"(t+1)^2 - t^2\",\"kind\":\"expression\",\"value\":\"2*t + 1\",\"latex\":\"2 t + 1\","
        "\"certainty\":\"exact\"}\n");
  CHECK(o.err.find("<stdin>:4:8: error:") != std::string::npos);
  CHECK(o.status == 1);
}

TEST_CASE("Other formats") {
  CHECK(run({"--format", "csv", "-e", "[1/2, 2]"}).out == "0.5,2\n");
  CHECK(run({"--format", "latex", "-e", "x^2/2"}).out.find("x^{2}") != std::string::npos);
  CHECK(run({"--format", "markdown", "-e", "1/4"}).out == "0.25\n");
}

TEST_CASE("Styles") {
  CHECK(ask("1/3").out == "0.333333333333\n");
  CHECK(run({"--style", "unicode", "-e", "1/3"}).out == "1/3  (0.333333333333)\n");
  CHECK(run({"--style", "unicode", "-e", "sin(pi/3)"}).out == "√3/2  (0.866025403784)\n");
  CHECK(run({"--digits=30", "-e", "1/3"}).out == "0.333333333333333333333333333333\n");
  CHECK(run({"--style", "unicode", "-e", "sin(1)"}).out == "0.841470984808\n");
}

TEST_CASE("An echo is a transcript that can be pasted back") {
  const Outcome o = run({"--echo", "-"}, {.input = "a = 2\n[a,\n 3]\n"});
  CHECK(o.out == "∇> a = 2\n∇> [a,\n...>  3]\n[2, 3]\n");
  CHECK(run({"-"}, {.input = "∇> a = 2\n∇> a + 1\n"}).out == "3\n");
}

TEST_CASE("A closed pipe ends the program quietly") {
  const Outcome o = run({"-e", "1"}, {.environment = {{"LC_ALL", "C"}}});
  CHECK(o.out == "1\n");
  const std::string command = std::string(NABLA_PROGRAM) + " -e '[k for k in 1..20000]' 2>&1 | head -c 1 > /dev/null";
  CHECK(std::system(("bash -o pipefail -c \"" + command + "\"").c_str()) == 0);
}

TEST_CASE("A timeout ends a computation and the script goes on") {
  const Outcome o = run({"--timeout", "0.2", "--keep-going", "-e", "prod(k^2 + 1/k, k, 1, 10^6)", "-e", "2"});
  CHECK(o.out == "2\n");
  CHECK(o.status == 1);
  CHECK(o.seconds < 10);
}
