using System.CommandLine;
using Relais.Foundation;
using Relais.Tenants.Rights;

namespace Relais.Commands;

/// <summary><c>relais token</c>: makes a durable API key, shown once.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var of = new Option<string>("--for") { Description = "An agent's e-mail address, or a tenant's name (its first owner's key).", Required = true };
        var name = new Option<string>("--name") { Description = "What the key is for.", DefaultValueFactory = _ => "API key" };
        var scope = new Option<string[]>("--scope")
        {
            Description = $"What it may do, e.g. --scope conversations answer; everything its person may when left out. Any of: {string.Join(", ", RightSet.Words)}.",
            AllowMultipleArgumentsPerToken = true,
        };
        scope.AcceptOnlyFromAmong([.. RightSet.Words]);
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "When it ends, e.g. 2027-01-31; when it is revoked, if left out." };
        var command = new Command("token", "Make an API key for scripts and other systems. It is shown once.") { of, name, scope, expires };
        command.SetAction((parsed, cancel) => CommandServices.Run(async provisioning =>
        {
            var scopes = parsed.GetValue(scope) is { Length: > 0 } words ? RightSet.Read(words).Known : (RightSet?)null;
            var ends = parsed.GetValue(expires) is { } at ? Instants.ToMicros(at) : (long?)null;
            var token = await provisioning.CreateApiKey(parsed.GetValue(of)!, parsed.GetValue(name)!, scopes, ends, cancel);
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
