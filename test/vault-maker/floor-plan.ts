/** The flat's floor plan as a drawing program would save it. */
export const floorPlan = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320" role="img">
  <title>Floor plan</title>
  <rect width="480" height="320" fill="#fdfcf7"/>
  <g fill="none" stroke="#33384a" stroke-width="6" stroke-linejoin="round">
    <path d="M20 20h440v280H20z"/>
    <path d="M190 20v110M190 180v120M190 180h120M360 180h100M310 20v90"/>
  </g>
  <g fill="none" stroke="#9aa0b4" stroke-width="2" stroke-dasharray="4 4">
    <path d="M190 130a50 50 0 0 1 50 50M310 180a50 50 0 0 1 50-50"/>
  </g>
  <g fill="#cfe3c8" stroke="#5b8a4e" stroke-width="2">
    <rect x="205" y="35" width="90" height="26"/>
    <circle cx="250" cy="98" r="18"/>
    <rect x="36" y="36" width="130" height="70" rx="10"/>
  </g>
  <g font-family="sans-serif" font-size="16" fill="#33384a" text-anchor="middle">
    <text x="105" y="220">Living room</text>
    <text x="250" y="150">Kitchen</text>
    <text x="385" y="100">Study</text>
    <text x="330" y="250">Bedroom</text>
  </g>
</svg>
`;
