using System.CommandLine;
using Relais.Chaos;

return await ChaosCommand.Create().Parse(args).InvokeAsync();
