export function Brand() {
  return (
    <>
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="var(--mantine-color-water-7)" />
        <path
          d="M6 12c4-4 6-4 10 0s6 4 10 0M6 20c4-4 6-4 10 0s6 4 10 0"
          fill="none"
          stroke="#fff"
          strokeWidth="3"
          strokeLinecap="round"
        />
      </svg>
      <span>Freshet</span>
    </>
  );
}
