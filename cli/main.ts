#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { InputError } from './input-error.ts';

/**
 * The command line. Each command loads its own code, so that `--help` and `check` never wait for solvers or runtimes.
 * Errors of use or input end with one sentence on stderr and exit code 2.
 */
const program = new Command('layerscope')
  .description('Reads neural networks in Python as they are written: checks, draws, runs and proves them. Runs no Python.')
  .version(version(), '-V, --version')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'layerscope: ')) })
  .showHelpAfterError(false);

const several = (value: string, earlier: string[] = []) => [...earlier, value];

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('It takes a positive number.');
  return number;
}

function number(value: string): number {
  if (value.trim() === '' || !Number.isFinite(Number(value))) throw new InvalidArgumentError('It takes a number.');
  return Number(value);
}

function whole(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('It takes a whole number from 0.');
  return number;
}

/** What every command takes. */
function command(name: string, description: string): Command {
  return program.command(name).description(description)
    .option('--python-path <dir>', 'a folder where imports are looked up, such as a site-packages (repeatable)', several)
    .option('--seed <n>', 'makes random parts repeatable', whole, 0);
}

command('check', 'Diagnostics for Python files, notebooks and folders; exit 1 where an error was found.')
  .argument('<path...>', 'files and folders')
  .option('--format <format>', 'text, json or sarif', 'text')
  .action(async (paths: string[], options) => finish(await (await import('./commands/check.ts')).check(paths, options)));

command('graph', 'The models of a file: layers, shapes, parameters; exit 1 where there is no model.')
  .argument('<file>', 'Python, a notebook or a model file')
  .option('--model <name>', 'one model of several')
  .option('--input-shape <name=shape>', 'the shape of an input that the code does not give: x=1,3,224,224 (repeatable)', several)
  .option('--from <layer>', 'cuts a new model out: it begins with this layer (repeatable)', several)
  .option('--to <layer>', 'cuts a new model out: it ends with this layer (repeatable)', several)
  .option('--weights <file>', 'a checkpoint for the ONNX file; else the one beside the file')
  .option('--format <format>', 'summary, json, dot, svg or onnx', 'summary')
  .option('-o, --output <file>', 'writes there instead of to the terminal')
  .action(async (file: string, options) => finish(await (await import('./commands/graph.ts')).graph(file, options)));

command('run', 'Runs a model on an input.')
  .argument('<file>', 'Python, a notebook or a model file')
  .option('--model <name>', 'one model of several')
  .option('--input-shape <name=shape>', 'the shape of an input that the code does not give (repeatable)', several)
  .option('--weights <file>', 'a checkpoint; else the one beside the file')
  .option('--input <[name=]file>', 'npy, npz, png, jpg, json, csv or txt; or the word random, drawn from --seed (repeatable)', several)
  .option('--preprocessing <line>', 'for pictures: the transform of this line of the code, or none; else the likeliest that the code says')
  .option('--vocabulary <file>', 'the words of a text input by their numbers: json, or a word on each line')
  .option('--fetch <tensor>', 'runs only what this tensor, layer or operator needs (repeatable)', several)
  .option('--mode <mode>', 'eager: operator by operator; graph: the whole graph at once', 'graph')
  .option('--all', 'every intermediate tensor')
  .option('--training', 'as in training: batch statistics, and dropout drawn from --seed')
  .option('--compare <file>', 'runs again with these weights, and tells layer by layer what changes')
  .option('--compare-input <[name=]file>', 'runs again with this input, and tells what changes (repeatable)', several)
  .option('--compare-training', 'runs again in training mode, and tells what changes')
  .option('--sort <by>', 'of a comparison: layer, largest, relative or cosine, the greatest change first', 'layer')
  .option('--format <format>', 'text or json', 'text')
  .option('-o, --output <file.npz>', 'writes the outputs there')
  .action(async (file: string, options) => finish(await (await import('./commands/run.ts')).run(file, options)));

command('optimize', 'Folds operators and plans memory; operators and bytes before and after, in eager and in graph mode.')
  .argument('<file>', 'Python, a notebook or a model file')
  .option('--model <name>', 'one model of several')
  .option('--input-shape <name=shape>', 'the shape of an input that the code does not give (repeatable)', several)
  .option('--weights <file>', 'a checkpoint; else the one beside the file')
  .option('--format <format>', 'text or json', 'text')
  .option('-o, --output <file.onnx>', 'writes the optimised model there')
  .action(async (file: string, options) => finish(await (await import('./commands/optimize.ts')).optimize(file, options)));

command('neuron', 'A chosen neuron: its value, bounds over a box, linear form and region, important inputs, and what it can reach.')
  .argument('<file>', 'Python, a notebook or a model file')
  .requiredOption('--at <layer[index]>', 'the neuron: fc1[3], conv1[2,1,4]; conv1[2] is the mean of a channel')
  .option('--over <layer[index]>', 'explains how much larger the neuron is than this one of the same layer: the margin of one class over another')
  .option('--input <[name=]file>', 'npy, npz, png, jpg or json (repeatable)', several)
  .option('--epsilon <e>', 'the box: every input at most this far in each element', positive)
  .option('--above <t>', 'an input of the box that lifts the neuron to t, or the proof that there is none', number)
  .option('--active', 'whether the neuron can be above 0 in the box, or is dead there')
  .option('--with <layer[index]>', 'whether both neurons can be above 0 at one input of the box')
  .option('--listing [first:last]', 'the layer as a program, one branch for each ReLU; > marks the lines that the input passes')
  .option('--rule', 'conditions under which an input of the box keeps the label that the model gives this one')
  .option('--preprocessing <line>', 'for pictures: the transform of this line of the code, or none; else the likeliest that the code says')
  .option('--model <name>', 'one model of several')
  .option('--input-shape <name=shape>', 'the shape of an input that the code does not give (repeatable)', several)
  .option('--weights <file>', 'a checkpoint; else the one beside the file')
  .option('--timeout <s>', 'seconds for each question about the box', positive, 60)
  .option('--format <format>', 'text or json', 'text')
  .action(async (file: string, options) => finish(await (await import('./commands/neuron.ts')).neuron(file, options)));

command('attack', 'An adversarial input near an input, or the proof that there is none; exit 0 robust, 1 found, 3 undecided.')
  .argument('<file>', 'Python, a notebook or a model file')
  .requiredOption('--input <[name=]file>', 'npy, npz, png, jpg or json')
  .requiredOption('--epsilon <e>', 'the size of the perturbation: in the units of the input, or pixels for l0', positive)
  .option('--norm <norm>', 'linf, l2 or l0 (so many pixels, all channels of one together; numbers of an input that is no picture)', 'linf')
  .option('--label <l>', 'the right label; else what the model answers', whole)
  .option('--target <t>', 'the label to reach; else any other', whole)
  .option('--preprocessing <line>', 'for pictures: the transform of this line of the code, or none; else the likeliest that the code says')
  .option('--model <name>', 'one model of several')
  .option('--input-shape <name=shape>', 'the shape of an input that the code does not give (repeatable)', several)
  .option('--weights <file>', 'a checkpoint; else the one beside the file')
  .option('--timeout <s>', 'seconds until it gives its best bound', positive, 60)
  .option('--format <format>', 'text or json', 'text')
  .option('-o, --output <file>', 'writes the adversarial input there: .npy or .png')
  .action(async (file: string, options) => finish(await (await import('./commands/attack.ts')).attack(file, options)));

command('cover', 'Generates tests until a coverage criterion is met, requirements proved unreachable left out; goes on where it was stopped.')
  .argument('<file>', 'Python, a notebook or a model file')
  .option('--criterion <criterion>', 'nc: each neuron active; ssc: each neuron turned by each one before it alone; nbc: each beyond the values of given inputs; lipschitz: slopes', 'nc')
  .option('--inputs <file>', 'npy, npz (inputs, labels), png, jpg or json: what tests are made from, one example a row; else one random input')
  .option('--labels <file.npy>', 'the right labels of the inputs; else what the model answers')
  .option('--measure', 'only measures how much the inputs cover by themselves')
  .option('--goal <share>', 'the coverage at which it stops, from 0 to 1', positive, 1)
  .option('--norm <norm>', 'linf or l0', 'linf')
  .option('--epsilon <e>', 'how far a test may be from a given input; else 0.3 of the range, or an eighth of the elements for l0', positive)
  .option('--lower <x>', 'the least value of an input element; else that of a picture, or of the given inputs', number)
  .option('--upper <x>', 'the greatest value of an input element', number)
  .option('--boundary <file>', 'nbc: the inputs whose values are the boundaries; else those of --inputs')
  .option('--pairs <n>', 'ssc: the most pairs of neurons for two layers, drawn at random where there are more', whole, 40_000)
  .option('--constant <c>', 'lipschitz: the slope to exceed; else that at each given input itself', positive)
  .option('--preprocessing <line>', 'for pictures: the transform of this line of the code, or none; else the likeliest that the code says')
  .option('--model <name>', 'one model of several')
  .option('--input-shape <name=shape>', 'the shape of an input that the code does not give (repeatable)', several)
  .option('--weights <file>', 'a checkpoint; else the one beside the file')
  .option('--timeout <s>', 'seconds until it stops', positive, 60)
  .option('--resume', 'goes on with the run that wrote the suite of -o')
  .option('--format <format>', 'text or json', 'text')
  .option('-o, --output <suite.npz>', 'writes the tests there, and the state beside it')
  .action(async (file: string, options) => finish(await (await import('./commands/cover.ts')).cover(file, options)));

command('verify', 'Decides a VNN-LIB query on a model: sat with a witness, unsat where proved, timeout or unknown; exit 0 decided, 3 not.')
  .argument('<net>', 'an ONNX model; .gz is unpacked')
  .argument('<property>', 'a VNN-LIB file; .gz is unpacked')
  .option('--timeout <s>', 'seconds from the start of the process', positive, 60)
  .option('--memory <gb>', 'the most memory, in GB; past it the best bound is given', positive, 4)
  .option('--certificate <out>', 'writes the proof or the witness there; .gz is packed')
  .option('--check <certificate>', 'checks a certificate again instead of searching')
  .option('--format <format>', 'text or json', 'text')
  .action(async (net: string, property: string, options) => finish(await (await import('./commands/verify.ts')).verify(net, property, options)));

/** The exit code is set, not forced, so that what is still being written is written. */
function finish(code: number): void {
  process.exitCode = code;
}

function version(): string {
  // beside dist/ in the package and in a checkout alike
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}

// whoever reads the output may have seen enough: `layerscope ... | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof InputError) {
    process.stderr.write(`layerscope: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    const place = process.env.LAYERSCOPE_TRACE && error instanceof Error ? `\n${error.stack}` : '';
    process.stderr.write(`layerscope: a fault of Layerscope itself: ${error instanceof Error ? error.message : String(error)}. LAYERSCOPE_TRACE=1 says where; please report it.${place}\n`);
    process.exitCode = 2;
  }
}
