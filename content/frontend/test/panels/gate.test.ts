import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/data";
import { grouped } from "../../src/panels/gate";

function verdict(rule: string, outcome: string, stage?: string): Verdict {
  return { rule, outcome, reason: "", way_out: "editor", ...(stage ? { stage } : {}) };
}

describe("the gate", () => {
  it("shows what hinders the sign-off apart from what comes later or is asked in the dialog", () => {
    const groups = grouped([
      verdict("coverage.v1", "pending", "sign"),
      verdict("no_tamper_signals.v1", "error", "sign"),
      verdict("declaration_complete.v1", "pending", "sign"),
      verdict("all_claims_checked.v1", "approved", "sign"),
      verdict("required_approvals.v1", "skipped", "approve"),
      verdict("minimum_human_share.v1", "pending", "claim"),
    ]);

    expect(groups.open.map(({ rule }) => rule)).toEqual(["coverage.v1", "no_tamper_signals.v1"]);
    expect(groups.askedLater.map(({ rule }) => rule)).toEqual(["declaration_complete.v1"]);
    expect(groups.met.map(({ rule }) => rule)).toEqual(["all_claims_checked.v1"]);
    expect(groups.afterwards.map(({ rule }) => rule)).toEqual(["required_approvals.v1"]);
    expect(groups.higher.map(({ rule }) => rule)).toEqual(["minimum_human_share.v1"]);
  });

  it("knows the stage of a rule that comes without one", () => {
    expect(grouped([verdict("maximum_ai_run.v1", "pending")]).open).toEqual([]);
  });
});
