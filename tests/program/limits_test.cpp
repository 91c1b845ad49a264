// Whatever is asked ends within what is allowed: time, memory, the size of files. The bounds here are generous: what
// is tested is that there is an end.
#include <sys/resource.h>
#include <sys/stat.h>

#include "support/child.h"

using nabla::testing::Folder;
using nabla::testing::Outcome;
using nabla::testing::run;

namespace {

constexpr double kPatience = 8;  // seconds, for an allowance of half a one or less

// What the shell says of a command; $NABLA is the program.
int shell(const std::string& command) {
  const std::string script = "NABLA='" + std::string(NABLA_PROGRAM) + "'; " + command;
  const Outcome o = nabla::testing::run({"--version"});  // the program is there
  REQUIRE(o.status == 0);
  const int status = std::system(("bash -c \"" + script + "\"").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TEST_CASE("heavy statements end soon after their time") {
  for (const char* statement : {
           "plot diff(mod(x,3),x) for x=1..2",
           "f(x) = mod(x,2); plot f, f' for x=0..5",
           "plot diff(frac(x)*x,x) for x=0..5",
           "plot diff(sec(x)+floor(x),x) for x=0..1",
           "table diff(mod(x^2,2),x) for x=0..3 step 0.001",
           "table diff(trunc(x)-frac(pi), x) for x = 55..289/5 step 1/100",
           "eigenvalues([[1/(i+j-1) for j in 1..40] for i in 1..40])",
           "[[1/(i+j-1) for j in 1..150] for i in 1..150]^100",
           "inverse([[1/(i+j-1) for j in 1..150] for i in 1..150])",
           "det([[1/(i+j-1) for j in 1..200] for i in 1..200])",
           "softmax([k/7 for k in 1..20000])",
           "diff(abs(x) y, x, y, x, y, x, y, x, y, x, y, x, y) at x = 0, y = 1",
           "[k/7 for k in 1..1000000]",
           "a=[2^100000+k for k in 1..100000]",
           "f(n)=n<=1?1:f(n-1)*f(n-2)+n; f(45)",
           "f(x,n)=n<1?x:f(x^2+x,n-1); diff(f(x,30),x) at x=0.1",
           "prod(k^2 + 1/k, k, 1, 10^6)",
           "table zeta(x+1/3) for x=1..100000 step 1",
       }) {
    INFO(statement);
    const Outcome o = run({"--timeout", "0.2", "--keep-going", "-e", statement, "-e", "1+1"});
    CHECK(o.seconds < kPatience);
    CHECK(o.status <= 1);
    CHECK(o.out.ends_with("2\n"));
  }
}

TEST_CASE("files without an end are not waited for") {
  const Folder folder;
  const std::string pipe = folder.path() + "/pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  for (const std::string& file : {pipe, std::string("/dev/zero")}) {
    INFO(file);
    const Outcome o = run({"--timeout", "0.5", "--keep-going", "-e", "read " + file, "-e", "1+1"});
    CHECK(o.status == 1);
    CHECK(o.out == "2\n");
    CHECK(o.seconds < kPatience);
  }
  CHECK(run({"--timeout", "0.5", pipe}).status == 1);
}

TEST_CASE("a run has its time") {
  const Outcome o = run({"--total-timeout", "0.5", "--keep-going", "-e", "prod(k^2 + 1/k, k, 1, 10^6)", "-e", "1+1"});
  CHECK(o.status == 1);
  CHECK(o.out.empty());
  CHECK(o.err.find("--total-timeout") != std::string::npos);
  CHECK(o.seconds < kPatience);
}

TEST_CASE("a process has its memory, and goes on when a statement wanted more") {
  const Outcome o = run({"--memory", "200M", "--keep-going", "-e", "a=[2^100000+k for k in 1..100000]", "-e", "1+1"});
  CHECK(o.status == 1);
  CHECK(o.out == "2\n");
  CHECK(o.err.find("not enough memory") != std::string::npos);
  CHECK(run({"--memory", "much", "-e", "1"}).status == 2);
  CHECK(run({"--memory", "1k", "-e", "1"}).status == 2);
  CHECK(run({"--memory", "1G", "-e", "1"}).out == "1\n");
  CHECK(run({"--sandbox", "-e", "1"}).out == "1\n");
}

TEST_CASE("a file that may not grow is an error, not the end") {
  const Folder folder;
  const std::string command = "cd " + folder.path() +
                              "; ulimit -f 4; $NABLA --keep-going -e 'table x for x=0..100000 step 1 as t.csv' -e 1 "
                              "> out 2> err; status=$?; test $(cat out) = 1 || exit 90; test ! -e t.csv || exit 91; "
                              "test $(ls -A | wc -l) = 2 || exit 92; exit $status";
  std::string escaped;
  for (const char c : command) escaped += c == '$' ? std::string("\\$") : std::string(1, c);
  CHECK(shell(escaped) == 1);
}

TEST_CASE("what was written when the time was over stays well-formed") {
  const std::string statement = "table zeta(x+1/3) for x=1..100000 step 1";
  const Outcome json = run({"--format", "json", "--timeout", "0.5", "-e", statement});
  CHECK(json.out.find("],\"certainty\":\"proven\",\"truncated\":true}\n{\"line\":1,") != std::string::npos);
  const Outcome latex = run({"--format", "latex", "--timeout", "0.5", "-e", statement});
  CHECK(latex.out.ends_with("\\end{tabular}\n"));
}

TEST_CASE("messages show control characters, and send none to a terminal") {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"no\x1b]0;x\asuch"},
           {"-e", "read \"no\x1b]0;x\asuch\""},
           {"-e", "help \x1b[31mx"},
           {"-e", "lesson \"\x1b[2J\""},
           {"-D", "a\x1b[31m=1"},
           {"--\x1b[31m"},
           {"--digits", "\u009b1m"},
           {"-e", "help \u009b31mx"},
       }) {
    const Outcome o = run(arguments);
    CHECK(o.status != 0);
    CHECK(o.err.find('\x1b') == std::string::npos);
    CHECK(o.err.find('\a') == std::string::npos);
    CHECK(o.err.find("\u009b") == std::string::npos);
    CHECK(o.err.find('\\') != std::string::npos);
  }
}
