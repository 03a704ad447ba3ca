#!/usr/bin/env node
// Plain JavaScript that an old Node can read: it looks which Node runs, and hands over to the right one.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const neededMajor = 26;
const root = dirname(fileURLToPath(import.meta.url));
const launcher = fileURLToPath(import.meta.url);

if (Number(process.versions.node.split('.')[0]) >= neededMajor) runHere();
else {
  const brought = findBroughtNode();
  if (brought) runWith(brought);
  else refuse();
}

function runHere() {
  if (process.argv[2] === 'start') runLean();
  // Under npm and npx a shell stands above us that swallows their signals: when it is gone, so are we. Started by
  // hand or as a service, a parent may come and go.
  if (process.env.npm_command || process.env.LOA_LAUNCHED) {
    endWithParent(() => process.kill(process.pid, 'SIGTERM'));
  }
  // From the second run on every command starts in about half the time; where it cannot be written nothing is lost.
  // Threads and photo processes are told by the variable.
  process.env.NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE || join(root, 'node_modules/.cache/loa');
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  import(pathToFileURL(join(root, 'src/main.ts')).href)
    .then((program) => program.run(process.argv.slice(2)))
    .catch((error) => {
      process.stderr.write(`${process.env.LOA_DEBUG ? error.stack : error.message}\n`);
      process.exitCode = 1;
    });
}

/**
 * V8 lets the heap's young part grow to 50 MB and more and keeps it; a worker needs 2. It is only heeded on the command
 * line, so this process becomes one that has it: same id, same parent, about 40 ms. See docs/adr/0004.
 */
function runLean() {
  const flag = '--max-semi-space-size=';
  const isSet = process.execArgv.concat(process.env.NODE_OPTIONS || '').some((option) => option.includes(flag));
  if (isSet || !process.execve || process.platform === 'win32') return;
  const args = [process.execPath, `${flag}2`].concat(process.execArgv, launcher, process.argv.slice(2));
  process.execve(process.execPath, args, process.env);
}

/** npm puts the Node that came with the project here; on Windows only the package itself holds a program file. */
function findBroughtNode() {
  const modules = join(root, 'node_modules');
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const packages = [`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`];
  packages.push(`node-bin-${process.platform}-${process.arch}`);
  const places = packages.map((name) => join(modules, name, 'bin', file));
  if (process.platform !== 'win32') places.unshift(join(modules, '.bin', 'node'));
  const found = places.filter((place) => existsSync(place)).map((place) => realpathSync(place));
  return found.filter((place) => place !== realpathSync(process.execPath))[0];
}

function runWith(binary) {
  const env = Object.assign({}, process.env, { LOA_LAUNCHED: '1' });
  const child = spawn(binary, [launcher].concat(process.argv.slice(2)), { stdio: 'inherit', env });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  endWithParent(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`${binary} cannot be run: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code === null ? 1 : code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function refuse() {
  process.stderr.write(
    `Loa needs Node ${neededMajor}, this is ${process.versions.node}: run "npm ci" in ${root} (it brings its own), or install Node ${neededMajor} from https://nodejs.org\n`,
  );
  process.exitCode = 1;
}

function endWithParent(end) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 1000);
  watch.unref();
}
