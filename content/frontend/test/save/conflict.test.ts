import { describe, expect, it } from "vitest";
import { nextStep, waitSeconds } from "../../src/save/conflict";

describe("the step after an answer", () => {
  it.each([
    [200, "", "saved"],
    [409, "sequence_gap", "resend_from"],
    [412, "stale_revision", "conflict"],
    [412, "", "conflict"],
    [409, "lease_lost", "lease_lost"],
    [422, "journal_mismatch", "resend_with_text"],
    [413, "text_too_large", "refused"],
    [409, "case_closed", "closed"],
    [401, "", "sign_in"],
    [403, "", "sign_in"],
    [403, "not_permitted", "closed"],
    [429, "", "later"],
    [503, "unavailable", "later"],
    [0, "", "later"],
    [422, "validation_failed", "refused"],
  ])("of status %i and code %s is %s", (status, code, step) => {
    expect(nextStep({ status, body: code ? { code } : {} })).toBe(step);
  });

  it("waits 2, 4, 8 … 60 seconds", () => {
    expect([1, 2, 3, 6, 9].map(waitSeconds)).toEqual([2, 4, 8, 60, 60]);
  });
});
