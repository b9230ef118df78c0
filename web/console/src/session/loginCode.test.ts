import { describe, expect, test, vi } from "vitest";
import { takeLoginCode } from "./loginCode";
import { tokenFault } from "./token";

function page(hash: string) {
  const location = { pathname: "/console/streams", search: "?topic=a", hash } as Location;
  const history = { state: { key: 1 }, replaceState: vi.fn() } as unknown as History;
  return { location, history };
}

describe("takeLoginCode", () => {
  test("code_isTakenOutOfTheUrl_andThePageStays", () => {
    const { location, history } = page("#login=abc%2Bd");
    expect(takeLoginCode(location, history)).toBe("abc+d");
    expect(history.replaceState).toHaveBeenCalledExactlyOnceWith(
      { key: 1 },
      "",
      "/console/streams?topic=a",
    );
  });

  test("codeThatIsNotUrlEncoded_isTakenAsItIs", () => {
    const { location, history } = page("#login=50%");
    expect(takeLoginCode(location, history)).toBe("50%");
  });

  test.each(["", "#main", "#login=", "#login=a&b"])("fragment '%s'_isLeftAlone", (hash) => {
    const { location, history } = page(hash);
    expect(takeLoginCode(location, history)).toBeNull();
    expect(history.replaceState).not.toHaveBeenCalled();
  });
});

describe("tokenFault", () => {
  test("threeParts_isAToken", () => {
    expect(tokenFault(" eyJhbGciOi.J9-_x.sig \n")).toBeNull();
  });

  test.each(["", "  ", "abc", "a.b", "a.b.c.d", "Bearer a.b.c", "a.b.é"])("'%s'_isNone", (text) => {
    expect(tokenFault(text)).not.toBeNull();
  });
});
