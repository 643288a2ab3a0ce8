using System.CommandLine;
using Relais.Bench;
using Relais.Bench.Ceiling;

// `relais-bench endpoint …` is what the bench starts as a process of its own; everything else is the bench.
var root = BenchCommand.Create();
root.Add(EndpointCommand.Create());
return await root.Parse(args).InvokeAsync();
