using System.CommandLine;

namespace Relais.Commands;

/// <summary><c>relais token</c>: makes a durable API key, shown once.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var of = new Option<string>("--for") { Description = "An agent's e-mail address, or a tenant's name (its first owner's key).", Required = true };
        var name = new Option<string>("--name") { Description = "What the key is for.", DefaultValueFactory = _ => "API key" };
        var command = new Command("token", "Make an API key for scripts and other systems. It is shown once.") { of, name };
        command.SetAction((parsed, cancel) => CommandServices.Run(async provisioning =>
        {
            var token = await provisioning.CreateApiKey(parsed.GetValue(of)!, parsed.GetValue(name)!, cancel);
            if (token is null)
            {
                return ServeCommand.Refuse($"Nobody signs in as {parsed.GetValue(of)}, and no tenant with an owner has that name. `relais user add` makes one.");
            }

            Console.WriteLine(token);
            return 0;
        }, cancel));
        return command;
    }
}
