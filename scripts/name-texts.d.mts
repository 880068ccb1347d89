export function withNamedTexts(code: string, programs: readonly string[]): string;
