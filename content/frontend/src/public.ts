/** Entry of public pages: no session, no cookie, nothing is sent. */
import { type Controller, attach } from "./controllers/registry";
import { verify } from "./controllers/verify";

const controllers: Readonly<Record<string, Controller>> = { verify };

attach(document, controllers);
