/** Requests to our own server: JSON in, JSON out, a value for every outcome, never an exception. */
import { meta } from "./dom";

export interface Answer {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

export function csrfToken(): string {
  return meta("csrf-token") || cookie("__Host-reviewdesk-csrf") || cookie("csrftoken");
}

async function bodyOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return {};
  const value: unknown = await response.json();
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Sends `body` as JSON. A redirect to the sign-in page counts as 401. */
export async function send(method: "POST" | "PATCH", url: string, body: unknown, keepalive = false): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      keepalive,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(body),
    });
    return { status: response.redirected ? 401 : response.status, body: await bodyOf(response) };
  } catch {
    // No network, or the answer broke off: the caller keeps what it sent and tries again.
    return { status: 0, body: {} };
  }
}

/** The stable code of a refusal, or "". */
export function codeOf(answer: Answer): string {
  const { code } = answer.body;
  return typeof code === "string" ? code : "";
}

/** The sentence of a refusal for people, or "". */
export function detailOf(answer: Answer): string {
  const { detail } = answer.body;
  return typeof detail === "string" ? detail : "";
}
