import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ConnectionProvider } from "../connection/ConnectionContext";
import { ConnectionIndicator } from "../connection/ConnectionIndicator";
import { SessionBanner } from "../session/SessionBanner";
import { Brand } from "./Brand";
import { ColorSchemeSwitch } from "./ColorSchemeSwitch";
import { NavMenu } from "./NavMenu";
import { pages } from "./pages";
import classes from "./Shell.module.css";
import { UserMenu } from "./UserMenu";

/** What is around every page. */
export function Shell(props: { children: ReactNode }) {
  return (
    <ConnectionProvider>
      <div className={classes["shell"]}>
        <a href="#main" className={classes["skip"]}>
          Skip to content
        </a>
        <header className={classes["header"]}>
          <div className={classes["burger"]}>
            <NavMenu />
          </div>
          <Link to="/" className={classes["brand"]} aria-label="Freshet">
            <Brand />
          </Link>
          <nav className={classes["nav"]} aria-label="Pages">
            {pages.map((page) => (
              <Link
                key={page.to}
                to={page.to}
                className={classes["link"]}
                activeOptions={{ exact: page.to === "/", includeSearch: false }}
              >
                {page.label}
              </Link>
            ))}
          </nav>
          <div className={classes["end"]}>
            <ConnectionIndicator />
            <ColorSchemeSwitch />
            <UserMenu />
          </div>
        </header>
        <SessionBanner />
        <main id="main" className={classes["main"]} tabIndex={-1}>
          {props.children}
        </main>
      </div>
    </ConnectionProvider>
  );
}
