import "./app/styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { adoptTheme } from "./app/themeSheet";
import { SessionStore } from "./session/SessionStore";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");

adoptTheme(document);
const sessions = new SessionStore();
sessions.attach(window);

createRoot(root).render(
  <StrictMode>
    <App sessions={sessions} />
  </StrictMode>,
);
