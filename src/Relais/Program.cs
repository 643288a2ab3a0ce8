using System.CommandLine;
using Relais.Commands;

var root = new RootCommand("""
    Relais answers your WhatsApp customers: an AI agent first, and people who can take over at any moment.

    With nothing configured, `relais` starts a demo on http://127.0.0.1:5080 with a simulated phone at /simulator.
    Settings come from environment variables or a .env file in the working folder (docs/operate/install.md lists them).
    """)
{
    MigrateCommand.Create(),
    UserCommand.Create(),
    TokenCommand.Create(),
    CheckCommand.Create(),
    SimulateCommand.Create(),
    LoadCommand.Create(),
    EvalCommand.Create(),
    FollowUpCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    ReleaseCommand.Create(),
    SecretsCommand.Create(),
    ImportFromCommand.Create(),
};
ServeCommand.AddTo(root);

// Left to itself the library ends the process two seconds after SIGTERM; finishing what is on the wire takes up to eight (mechanisms: starting and stopping).
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
