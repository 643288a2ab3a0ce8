using System.CommandLine;
using Relais.Simulator;

namespace Relais.Commands;

/// <summary><c>relais simulator</c>: the provider and its phones alone, for trying a server that is configured for real.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Addresses to listen on, separated by ';'.", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
        var relais = new Option<string?>("--relais") { Description = "Where Relais listens (default http://127.0.0.1:5080)." };
        var command = new Command("simulator", "Run the simulated provider with its phones at /simulator.") { urls, relais, SignCommand.Create() };
        command.SetAction((parsed, cancel) => SimulatorCommand.Run(parsed.GetValue(urls)!.Split(';'), parsed.GetValue(relais), cancel));
        return command;
    }
}
