/** V8's memory for WebAssembly, kept small; measured in docs/adr/0004-embedded-database-memory.md. */
import v8 from 'node:v8';

/**
 * To be called before PGlite is imported: V8's optimising of PostgreSQL's WebAssembly takes hundreds of megabytes at
 * its peak, for a fifth more statements a second.
 */
export function limitWasmMemory(): void {
  for (const flag of ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up']) v8.setFlagsFromString(flag);
}
