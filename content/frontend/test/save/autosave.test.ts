import { ChangeSet } from "@codemirror/state";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Journal } from "../../src/journal/journal";
import { sha256Hex } from "../../src/page/digest";
import type { Answer } from "../../src/page/http";
import { Saver, type SaveState } from "../../src/save/autosave";
import type { Fields, Kept } from "../../src/save/keep";

interface Sent {
  kind: string;
  body: Record<string, unknown>;
}

/** A desk with a text one can type into, and a server that answers what the test says. */
class Room {
  text = "base";
  readonly journal = new Journal(sha256Hex("base"), 0);
  readonly sent: Sent[] = [];
  readonly states: SaveState[] = [];
  readonly troubles: string[] = [];
  readonly shelf = new Map<string, Kept>();
  answers: Partial<Answer>[] = [];
  fields: Fields = {};
  hold: Promise<void> = Promise.resolve();
  readonly saver: Saver;

  constructor(textOnly = false) {
    this.saver = new Saver({
      desk: {
        snapshot: () => ({ text: this.text, sha256: sha256Hex(this.text) }),
        changedFields: () => this.fields,
        send: async (kind, body) => {
          this.sent.push({ kind, body: structuredClone(body) as Record<string, unknown> });
          const answer = { status: 200, body: {}, ...this.answers.shift() };
          await this.hold;
          return answer;
        },
        show: (state) => { this.states.push(state); },
        answered: (_answer, sent) => { if (sent === this.fields) this.fields = {}; },
        trouble: (kind) => { this.troubles.push(kind); },
      },
      journal: this.journal,
      keep: {
        put: async (kept) => { this.shelf.set(kept.key, kept); return true; },
        take: async (key) => this.shelf.get(key) ?? null,
        drop: async (key) => { this.shelf.delete(key); },
      },
      key: () => "me/1/3",
      base: () => ({ base: 3, fence: 7 }),
      now: () => Date.now(),
      textOnly,
      readOnly: false,
    });
  }

  type(text: string): void {
    this.journal.record(Date.now(), "input.type", ChangeSet.of({ from: this.text.length, insert: text }, this.text.length, "\n"));
    this.text += text;
    this.saver.touch();
  }

  get last(): SaveState | undefined {
    return this.states[this.states.length - 1];
  }
}

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe("saving", () => {
  it("waits for a pause of 1.5 seconds", async () => {
    const room = new Room();

    room.type("a");
    await vi.advanceTimersByTimeAsync(1400);
    room.type("b");
    await vi.advanceTimersByTimeAsync(1400);
    expect(room.sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);

    expect(room.sent).toHaveLength(1);
    expect(room.last).toBe("saved");
  });

  it("waits at most 10 seconds for somebody who never pauses", async () => {
    const room = new Room();

    for (let i = 0; i < 11; i += 1) {
      room.type("x");
      await vi.advanceTimersByTimeAsync(1000);
    }

    expect(room.sent.length).toBeGreaterThanOrEqual(1);
  });

  it("sends base, fence, the entries since the last save and the digest of the text", async () => {
    const room = new Room();
    room.type("a");
    await room.saver.flush();
    room.type("b");
    room.fields = { title: "New" };

    await room.saver.flush();

    expect(room.sent[1]).toEqual({ kind: "working_copy", body: {
      base: 3, fence: 7, from: 1, sha256: sha256Hex("baseab"), fields: { title: "New" },
      journal: { base_sha256: sha256Hex("base"), entries: [[expect.any(Number), "input.type", [5, [0, "b"]]]] },
    } });
  });

  it("keeps what is under way on the device until it is answered", async () => {
    const room = new Room();
    let answer = (): void => undefined;
    room.hold = new Promise((resolve) => { answer = resolve; });
    room.type("a");

    const done = room.saver.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(room.shelf.get("me/1/3")?.text).toBe("basea");
    answer();
    await done;

    expect(room.shelf.size).toBe(0);
  });

  it("has one request under way at a time", async () => {
    const room = new Room();
    let answer = (): void => undefined;
    room.hold = new Promise((resolve) => { answer = resolve; });
    room.type("a");
    const first = room.saver.flush();
    await vi.advanceTimersByTimeAsync(0);

    room.type("b");
    await vi.advanceTimersByTimeAsync(5000);
    expect(room.sent).toHaveLength(1);
    answer();
    await first;
    await vi.advanceTimersByTimeAsync(5000);

    expect(room.sent.flatMap(({ body }) => (body.journal as { entries: unknown[] }).entries)).toHaveLength(2);
    expect(room.saver.pending).toBe(0);
  });

  it("sends again from where the server stands", async () => {
    const room = new Room();
    room.type("a");
    await room.saver.flush();
    room.type("b");
    room.answers = [{ status: 409, body: { code: "sequence_gap", expected: 0 } }];

    await room.saver.flush();

    expect(room.sent[2]?.body.from).toBe(0);
    expect((room.sent[2]?.body.journal as { entries: unknown[] }).entries).toHaveLength(2);
    expect(room.last).toBe("saved");
  });

  it("sends the text when the record does not lead to it, and says so", async () => {
    const room = new Room();
    room.type("a");
    room.answers = [{ status: 422, body: { code: "journal_mismatch" } }];

    await room.saver.flush();

    expect(room.sent[1]?.body).toMatchObject({ journal: null, text: "basea" });
    expect(room.troubles).toEqual(["no_record"]);
    expect(room.last).toBe("saved");
  });

  it("backs off, says offline after two failures, and loses nothing", async () => {
    const room = new Room();
    room.answers = [{ status: 0 }, { status: 503 }, { status: 0 }];
    room.type("a");

    await vi.advanceTimersByTimeAsync(1600);
    await vi.advanceTimersByTimeAsync(2000);
    expect(room.last).toBe("offline");
    expect(room.saver.atRisk).toBe(false);
    await vi.advanceTimersByTimeAsync(4000 + 8000);

    expect(room.last).toBe("saved");
    expect(room.saver.pending).toBe(0);
  });

  it.each([
    ["lease_lost", 409, "readonly"],
    ["stale_revision", 412, "conflict"],
  ])("hands the whole text in once more after %s and stops", async (code, status, state) => {
    const room = new Room();
    room.type("mine");
    room.answers = [{ status, body: { code } }];

    await room.saver.flush();
    room.type("more");
    await vi.advanceTimersByTimeAsync(20_000);

    expect(room.sent).toHaveLength(2);
    expect(room.sent[1]?.body).toMatchObject({ late: true, text: "basemine" });
    expect(room.last).toBe(state);
    expect(room.shelf.get("me/1/3")?.text).toBe("basemine");
  });

  it("keeps the text and tries again when the person was signed out", async () => {
    const room = new Room();
    room.type("a");
    room.answers = [{ status: 401 }];

    await room.saver.flush();
    expect(room.troubles).toEqual(["sign_in"]);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(room.last).toBe("saved");
  });

  it("stops at a text that is too large, keeping it", async () => {
    const room = new Room();
    room.type("a");
    room.answers = [{ status: 413, body: { code: "text_too_large" } }];

    await room.saver.flush();

    expect(room.troubles).toEqual(["refused"]);
    expect(room.shelf.size).toBe(1);
  });

  it("begins a new record with a version", async () => {
    const room = new Room();
    room.type("a");

    await room.saver.saveVersion("");
    room.type("b");
    await room.saver.flush();

    expect(room.sent.map(({ kind }) => kind)).toEqual(["revision", "working_copy"]);
    expect(room.sent[1]?.body).toMatchObject({ from: 0, journal: { base_sha256: sha256Hex("basea") } });
  });

  it("sends the text with each save where the server has no record, until a version begins a new one", async () => {
    const room = new Room(true);
    room.type("a");
    await room.saver.flush();
    await room.saver.saveVersion("");
    room.type("b");

    await room.saver.flush();

    expect(room.sent.map(({ body }) => body.text)).toEqual(["basea", "basea", undefined]);
  });
});
