using System.CommandLine;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commands;

/// <summary><c>relais user add</c> gives somebody a sign-in, <c>relais user reset</c> a link for a new password. May run beside a server.</summary>
internal static class UserCommand
{
    public static Command Create()
    {
        var email = new Option<string>("--email") { Description = "What they sign in with.", Required = true };
        var password = new Option<string?>("--password") { Description = "At least 12 characters; asked for (or read from standard input) when left out." };
        var name = new Option<string?>("--name") { Description = "As customers and colleagues see them." };
        var role = new Option<string>("--role") { Description = "owner, admin, agent or platform.", DefaultValueFactory = _ => Roles.Owner };
        role.AcceptOnlyFromAmong(Roles.Owner, Roles.Admin, Roles.Agent, Roles.Platform);
        var tenant = new Option<string?>("--tenant") { Description = "Their business; made when it is new. The first one gets the numbers configured by environment." };
        var add = new Command("add", "Add somebody who can sign in.") { email, password, name, role, tenant };
        add.SetAction((parsed, cancel) => Add(
            parsed.GetValue(email)!, parsed.GetValue(password), parsed.GetValue(name), parsed.GetValue(role)!, parsed.GetValue(tenant), cancel));
        return new Command("user", "People who can sign in.") { add, Reset() };
    }

    private static Command Reset()
    {
        var email = new Option<string>("--email") { Description = "What they sign in with.", Required = true };
        var withoutTotp = new Option<bool>("--without-totp") { Description = "Takes their authenticator app and recovery codes away, too." };
        var reset = new Command("reset", "Print a link with which somebody chooses a new password, once, within a day.") { email, withoutTotp };
        reset.SetAction((parsed, cancel) => CommandServices.Run(async provisioning =>
        {
            if (await provisioning.MakeResetLink(parsed.GetValue(email)!, parsed.GetValue(withoutTotp), cancel) is not { } link)
            {
                return ServeCommand.Refuse($"Nobody signs in as {parsed.GetValue(email)}.");
            }

            Console.WriteLine(link);
            return 0;
        }, cancel));
        return reset;
    }

    private static Task<int> Add(string email, string? password, string? name, string role, string? tenant, CancellationToken cancel) =>
        CommandServices.Run(async provisioning =>
        {
            var result = await provisioning.AddAgent(email, password ?? Ask(), name, role, tenant, cancel: cancel);
            switch (result)
            {
                case AddedAgent.Added:
                    Console.WriteLine($"{email} can sign in now.");
                    return 0;
                case AddedAgent.EmailTaken:
                    return ServeCommand.Refuse($"{email} is somebody's sign-in already.");
                case AddedAgent.Unusable no:
                    return ServeCommand.Refuse(no.Sentence);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }, cancel);

    private static string Ask()
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine() ?? "";
        }

        Console.Write("Password (at least 12 characters): ");
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (key.KeyChar != '\0')
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return typed.ToString();
    }
}
