// Identities of vector calculus and geometry, proven of fields of several kinds.
#include <fmt/format.h>

#include "asking.h"
#include "base/error.h"

using namespace nabla;

namespace {

const char* const kScalars[] = {"x^2*y + z", "sin(x*y)*z", "e^(x - y)/(1 + z^2)", "ln(x^2 + y^2 + z^2)",
                                "x*y*z*sqrt(x^2 + 1)"};
const char* const kFields[] = {"[x*y, y*z, z*x]", "[sin(y), cos(x), z^2]", "[e^x*y, ln(1 + z^2), x/(1 + y^2)]",
                               "[y^2*z, x*z^3, x^2*y]"};

}  // namespace

TEST_CASE("gradients have no curl, and curls no divergence", "[calc]") {
  for (const char* f : kScalars) {
    test::Asking ask;
    INFO(f);
    CHECK(ask.same(fmt::format("curl(grad({}, [x, y, z]), [x, y, z])", f), "[0, 0, 0]"));
  }
  for (const char* field : kFields) {
    test::Asking ask;
    INFO(field);
    CHECK(ask.same(fmt::format("div(curl({}, [x, y, z]), [x, y, z])", field), "0"));
  }
}

TEST_CASE("the Laplacian is the divergence of the gradient, and the trace of the Hessian", "[calc]") {
  for (const char* f : kScalars) {
    test::Asking ask;
    INFO(f);
    const std::string laplacian = fmt::format("laplacian({}, [x, y, z])", f);
    CHECK(ask.same(laplacian, fmt::format("div(grad({}, [x, y, z]), [x, y, z])", f)));
    CHECK(ask.same(laplacian, fmt::format("tr(hessian({}, [x, y, z]))", f)));
    CHECK(
        ask.same(fmt::format("hessian({}, [x, y, z])", f), fmt::format("jacobian(grad({}, [x, y, z]), [x, y, z])", f)));
  }
}

TEST_CASE("a Hessian is symmetric", "[calc]") {
  for (const char* f : kScalars) {
    test::Asking ask;
    INFO(f);
    CHECK(ask.same(fmt::format("hessian({}, [x, y, z])", f), fmt::format("transpose(hessian({}, [x, y, z]))", f)));
  }
}

TEST_CASE("products of fields are differentiated by the product rules", "[calc]") {
  for (const char* f : {"x^2*y", "sin(x*z)"}) {
    for (const char* field : kFields) {
      test::Asking ask;
      INFO(f << " times " << field);
      CHECK(ask.same(fmt::format("div(({0})*({1}), [x, y, z])", f, field),
                     fmt::format("dot(grad({0}, [x, y, z]), {1}) + ({0})*div({1}, [x, y, z])", f, field)));
      CHECK(ask.same(fmt::format("curl(({0})*({1}), [x, y, z])", f, field),
                     fmt::format("cross(grad({0}, [x, y, z]), {1}) + ({0})*curl({1}, [x, y, z])", f, field)));
    }
  }
}

TEST_CASE("a directional derivative is the gradient along a unit vector", "[calc]") {
  for (const char* f : kScalars) {
    test::Asking ask;
    INFO(f);
    CHECK(ask.same(fmt::format("directional({}, [x, y, z], [1, 2, 2])", f),
                   fmt::format("dot(grad({}, [x, y, z]), [1, 2, 2])/3", f)));
    CHECK(ask.same(fmt::format("directional({}, [x, y, z], [5, 0, 0])", f), fmt::format("diff({}, x)", f)));
  }
  test::Asking ask;
  CHECK_FALSE(ask.error("directional(x*y, [x, y], [0, 0])").empty());
}

TEST_CASE("Jacobians of changes of variables have the known determinants", "[calc]") {
  test::Asking ask;
  CHECK(ask.shown("det(jacobian([r*cos(t), r*sin(t)], [r, t]))") == "r");
  CHECK(ask.same("det(jacobian([r*sin(t)*cos(p), r*sin(t)*sin(p), r*cos(t)], [r, t, p]))", "r^2*sin(t)"));
  CHECK(ask.same("jacobian([x + y, x*y], [x, y])", "[[1, 1], [y, x]]"));
}

TEST_CASE("tangents touch, and normals stand upright on them", "[calc]") {
  for (const char* f : {"x^3 - x", "e^x", "sin(x)*x", "1/(1 + x^2)", "sqrt(x^2 + 3)"}) {
    for (const char* at : {"1", "-2", "1/3", "a"}) {
      test::Asking ask;
      INFO(f << " at " << at);
      const std::string tangent = fmt::format("tangent({}, x, {})", f, at);
      CHECK(ask.same(fmt::format("({}) at x = {}", tangent, at), fmt::format("({}) at x = {}", f, at)));
      CHECK(ask.same(fmt::format("diff({}, x)", tangent), fmt::format("diff({}, x) at x = {}", f, at)));
      if (std::string(at) == "a") continue;
      CHECK(ask.same(fmt::format("diff({}, x)*diff(normal({}, x, {}), x)", tangent, f, at), "-1"));
    }
  }
  test::Asking ask;
  CHECK(ask.same("tangent([cos(t), sin(t), t], t, 0)", "[1, t, t]"));
  CHECK(ask.error("normal(x^2, x, 0)") == "the tangent is horizontal: the normal is a vertical line");
  CHECK_FALSE(ask.error("tangent(abs(x), x, 0)").empty());
}

TEST_CASE("the curvature of circles and lines is known", "[calc]") {
  test::Asking ask;
  CHECK(ask.same("curvature(sqrt(4 - x^2), x, 1)", "1/2"));
  CHECK(ask.same("curvature([3*cos(t), 3*sin(t)], t, 2)", "1/3"));
  CHECK(ask.same("curvature([cos(t), sin(t), t], t, 5)", "1/2"));
  CHECK(ask.same("curvature(2*x + 1, x, 7)", "0"));
  // A graph is the curve [x, f(x)].
  for (const char* f : {"x^2", "sin(x)", "e^x"}) {
    INFO(f);
    CHECK(ask.same(fmt::format("curvature({}, x, 1)", f), fmt::format("curvature([x, {}], x, 1)", f)));
  }
}

TEST_CASE("the slope of a curve given by an equation is that of its branches", "[calc]") {
  test::Asking ask;
  CHECK(ask.shown("implicit(x^2 + y^2 = 25, y, x)") == "-x/y");
  CHECK(ask.same("implicit(y = x^3*sin(x), y, x)", "diff(x^3*sin(x), x)"));
  CHECK(ask.same("implicit(x^2 + y^2 = 25, y, x) at y = sqrt(25 - x^2)", "diff(sqrt(25 - x^2), x)"));
  CHECK(ask.same("implicit(e^y = x, y, x) at y = ln(x)", "diff(ln(x), x)"));
  CHECK_FALSE(ask.error("implicit(x^2 = 4, y, x)").empty());
  CHECK_FALSE(ask.error("implicit(x^2 + y^2 = 4, x, x)").empty());
}

TEST_CASE("higher and mixed derivatives agree however they are asked", "[calc]") {
  for (const char* f : {"x^4*y^3", "sin(x*y)", "e^(x + y^2)", "x/(y + 2)"}) {
    test::Asking ask;
    INFO(f);
    CHECK(ask.same(fmt::format("diff({}, x, 2, y)", f), fmt::format("diff(diff(diff({}, y), x), x)", f)));
    CHECK(ask.same(fmt::format("diff({}, x, 2, y)", f), fmt::format("∂³/∂x²∂y ({})", f)));
    CHECK(ask.same(fmt::format("diff({}, x, 0)", f), f));
  }
  test::Asking ask;
  for (const char* order : {"-1", "1/2", "1000"}) {
    INFO(order);
    CHECK_FALSE(ask.error(fmt::format("diff(x^2, x, {})", order)).empty());
  }
}

TEST_CASE("mixed partial derivatives keep their order where pieces meet", "[calc]") {
  for (const char* at_origin : {"x^2 + y^2 == 0", "x == 0 and y == 0"}) {
    const std::string peano = fmt::format("if({}, 0, x*y*(x^2 - y^2)/(x^2 + y^2))", at_origin);
    test::Asking ask;
    INFO(peano);
    CHECK(ask.shown(fmt::format("hessian({}, [x, y]) at x = 0, y = 0", peano)) == "[[0, -1], [1, 0]]");
    CHECK(ask.shown(fmt::format("jacobian(grad({}, [x, y]), [x, y]) at x = 0, y = 0", peano)) == "[[0, -1], [1, 0]]");
  }
}
