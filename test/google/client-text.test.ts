import { describe, expect, it } from "vitest";
import { readClient } from "../../src/google/client-text";

const desktop = {
  installed: {
    client_id: "1-a.apps.googleusercontent.com",
    client_secret: "GOCSPX-x",
    project_id: "p",
    redirect_uris: ["http://localhost"],
  },
};

describe("what a person gives for a client", () => {
  it.each([
    ["a Desktop client's JSON", JSON.stringify(desktop), "client"],
    ["the same with spaces and a line end", `  ${JSON.stringify(desktop, null, 2)}\n`, "client"],
    ["a Web client's JSON", JSON.stringify({ web: desktop.installed }), "web-client"],
    [
      "a service account's key",
      JSON.stringify({ type: "service_account", client_id: "1" }),
      "service-account",
    ],
    [
      "a client without a secret",
      JSON.stringify({ installed: { client_id: "1-a.apps.googleusercontent.com" } }),
      "no-secret",
    ],
    ["some other JSON", "{}", "not-a-client"],
    ["a page of HTML", "<html>", "not-a-client"],
    ["nothing", "", "not-a-client"],
  ])("%s", (_, text, is) => {
    expect(readClient(text).is).toBe(is);
  });

  it("is id and secret as well, with what pasting leaves around them", () => {
    const client = { id: "1-a.apps.googleusercontent.com", secret: "GOCSPX-x" };
    expect(readClient({ id: ` ${client.id}\n`, secret: `\t${client.secret} ` })).toEqual({
      is: "client",
      client,
    });
    expect(readClient({ id: "", secret: "x" }).is).toBe("wrong-id");
    expect(readClient({ id: "my project", secret: "x" }).is).toBe("wrong-id");
    expect(readClient({ id: "98765-half", secret: "x" }).is).toBe("wrong-id");
    expect(readClient({ id: client.id, secret: " " }).is).toBe("no-secret");
  });
});
