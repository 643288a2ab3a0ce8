using System.CommandLine;
using Relais.Bench;
using Relais.Bench.Ceiling;

// `relais-bench endpoint …` is what the bench starts as a process of its own; everything else is the bench.
var root = BenchCommand.Create();
root.Add(EndpointCommand.Create());

// When it is broken off it has servers to stop and a folder to clear.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
