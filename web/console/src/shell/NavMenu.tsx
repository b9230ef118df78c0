import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { MenuIcon } from "../ui/icons";
import { pages } from "./pages";

/** The navigation at phone width. */
export function NavMenu() {
  return (
    <Menu width={220} position="bottom-start" shadow="md">
      <Menu.Target>
        <ActionIcon size={40} aria-label="Pages">
          <MenuIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {pages.map((page) => (
          <Menu.Item key={page.to} component={Link} to={page.to}>
            {page.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
