import type { ReactNode } from "react";

function Icon(props: { size?: number; children: ReactNode }) {
  const size = props.size ?? 18;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {props.children}
    </svg>
  );
}

export const MenuIcon = () => (
  <Icon>
    <path d="M4 7h16M4 12h16M4 17h16" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.500z" />
  </Icon>
);

export const PersonIcon = () => (
  <Icon>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20c1-4 4-5.5 7.5-5.500s6.5 1.5 7.5 5.5" />
  </Icon>
);

export const SignOutIcon = () => (
  <Icon size={16}>
    <path d="M14 4H6v16h8M10 12h10M17 9l3 3-3 3" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon size={16}>
    <path d="M8 5v14M16 5v14" />
  </Icon>
);

export const PlayIcon = () => (
  <Icon size={16}>
    <path d="M7 5l12 7-12 7z" />
  </Icon>
);

export const ClearIcon = () => (
  <Icon size={16}>
    <circle cx="12" cy="12" r="8" />
    <path d="M6.5 17.500l11-11" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon size={14}>
    <path d="M9 5l7 7-7 7" />
  </Icon>
);

export const DownIcon = () => (
  <Icon size={14}>
    <path d="M12 4v15M5.5 12.500L12 19l6.5-6.5" />
  </Icon>
);

export const AlertIcon = () => (
  <Icon>
    <path d="M12 4L2.8 19.500h18.400zM12 10v4.500M12 17.200v.1" />
  </Icon>
);

export const SearchIcon = () => (
  <Icon size={16}>
    <circle cx="11" cy="11" r="6.5" />
    <path d="M16 16l4.5 4.5" />
  </Icon>
);
