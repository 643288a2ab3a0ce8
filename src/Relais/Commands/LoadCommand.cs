using System.CommandLine;
using System.Globalization;
using Relais.Load;
using Relais.Simulator;

namespace Relais.Commands;

/// <summary><c>relais load</c>: customers who write to a server on this computer, and the provider that takes its replies.</summary>
internal static class LoadCommand
{
    private static readonly LoadOptions Usual = new();

    private static readonly Option<string> Kind = new("--kind") { Description = "meta or twilio.", DefaultValueFactory = _ => "meta" };
    private static readonly Option<Uri> Url = new("--url") { CustomParser = Address, Description = "The server's webhook, on loopback.", DefaultValueFactory = _ => Usual.Url };
    private static readonly Option<string> Secret = new("--secret") { Description = "Signs webhooks: WHATSAPP_APP_SECRET, or TWILIO_AUTH_TOKEN.", Required = true };
    private static readonly Option<string> Number = new("--phone-number-id") { Description = "The business number: Meta's phone_number_id, or Twilio's sender (+14155238886).", DefaultValueFactory = _ => Usual.Number };
    private static readonly Option<string> Account = new("--account") { Description = "Meta's business account id, or Twilio's AccountSid.", DefaultValueFactory = _ => Usual.Account };
    private static readonly Option<Uri?> SignedUrl = new("--signed-url") { CustomParser = Address, Description = "Twilio: the public webhook URL, when it is not --url." };
    private static readonly Option<Uri> Provider = new("--provider") { CustomParser = Address, Description = "Where the provider listens: start the server with RELAIS_META_URL or RELAIS_TWILIO_URL at this address.", DefaultValueFactory = _ => Usual.Provider };
    private static readonly Option<string> Text = new("--text") { Description = "What each customer writes; choose what one message answers.", DefaultValueFactory = _ => Usual.Text };
    private static readonly Option<int> Connections = new("--connections") { Description = "Closed loop: webhooks under way at once.", DefaultValueFactory = _ => Usual.Connections };
    private static readonly Option<int> Messages = new("--messages") { Description = "Closed loop: how many messages.", DefaultValueFactory = _ => Usual.Messages };
    private static readonly Option<int> Rate = new("--rate") { Description = "Open loop: messages a second, each timed from the instant it was due. 0: closed loop." };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Open loop: for how long.", DefaultValueFactory = _ => Usual.Seconds };
    private static readonly Option<int> Warm = new("--warm") { Description = "Messages before the measured ones." };
    private static readonly Option<int> Statuses = new("--statuses") { Description = "Statuses reported for each reply: 0 to 3 (sent, delivered, read)." };
    private static readonly Option<int> StatusRate = new("--status-rate") { Description = "Status webhooks a second beside --rate, about replies of this run." };
    private static readonly Option<string?> Down = new("--provider-down") { Description = "DOWN/PERIOD in seconds, e.g. 3/10: the provider answers 503 for the first 3 of every 10 s." };
    private static readonly Option<string?> Slow = new("--slow-customer") { Description = "hang or 131056: sends to one customer, who writes every 50th message, hang or are throttled; the others are measured." };
    private static readonly Option<bool> NoReplies = new("--no-replies") { Description = "The server only acknowledges: wait for no reply." };
    private static readonly Option<double> Drain = new("--drain") { Description = "Seconds to wait for replies after the last webhook.", DefaultValueFactory = _ => Usual.Drain.TotalSeconds };
    private static readonly Option<string[]> Pid = new("--pid") { Description = "A process to account for, NAME=PID or PID; its children count with it. May be repeated." };
    private static readonly Option<string?> Json = new("--json") { Description = "Write the result to this file." };

    public static Command Create()
    {
        Kind.AcceptOnlyFromAmong("meta", "twilio");
        var command = new Command("load", "Send signed webhooks to a server on this computer and time its replies. For a test installation: every message makes a customer.")
        {
            Url, Secret, Kind, Number, Account, SignedUrl, Provider, Text, Connections, Messages, Rate, Seconds, Warm, Statuses, StatusRate, Down, Slow,
            NoReplies, Drain, Pid, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var options = Read(parsed);
        if (options is null)
        {
            return ServeCommand.Refuse("--provider-down is DOWN/PERIOD in seconds (3/10), --slow-customer is hang or 131056, --pid is NAME=PID.");
        }

        if (options.Problem() is { } problem)
        {
            return ServeCommand.Refuse(problem);
        }

        try
        {
            var result = await LoadRun.Run(options, TimeProvider.System, cancel);
            Console.Write(LoadReport.Text(result));
            if (parsed.GetValue(Json) is { } file)
            {
                await File.WriteAllTextAsync(file, result.ToJson(), cancel);
            }

            return result.IsClean ? 0 : 1;
        }
        catch (IOException e)
        {
            return ServeCommand.Refuse(e.Message);
        }
    }

    private static LoadOptions? Read(ParseResult parsed)
    {
        var processes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pid in parsed.GetValue(Pid) ?? [])
        {
            var (name, number) = pid.Split('=') is [var given, var id] ? (given, id) : ("server", pid);
            if (!int.TryParse(number, CultureInfo.InvariantCulture, out var value) || !processes.TryAdd(name, value))
            {
                return null;
            }
        }

        var slow = parsed.GetValue(Slow) switch { null => SlowCustomer.None, "hang" => SlowCustomer.Hang, "131056" => SlowCustomer.Throttled, _ => (SlowCustomer)(-1) };
        var down = parsed.GetValue(Down) is { } given2 ? Outages(given2) : null;
        return !Enum.IsDefined(slow) || (down is null && parsed.GetValue(Down) is not null) ? null : new LoadOptions
        {
            Channel = parsed.GetValue(Kind) == "twilio" ? SimulatedChannel.Twilio : SimulatedChannel.Meta,
            Url = parsed.GetValue(Url)!, Secret = parsed.GetValue(Secret)!, Number = parsed.GetValue(Number)!, Account = parsed.GetValue(Account)!,
            SignedUrl = parsed.GetValue(SignedUrl), Provider = parsed.GetValue(Provider)!, Text = parsed.GetValue(Text)!,
            Connections = parsed.GetValue(Connections), Messages = parsed.GetValue(Messages), Rate = parsed.GetValue(Rate), Seconds = parsed.GetValue(Seconds),
            Warm = parsed.GetValue(Warm), Statuses = parsed.GetValue(Statuses), StatusRate = parsed.GetValue(StatusRate), ProviderDown = down, SlowCustomer = slow,
            AwaitReplies = !parsed.GetValue(NoReplies), Drain = TimeSpan.FromSeconds(parsed.GetValue(Drain)), Processes = processes,
        };
    }

    /// <summary>What is no address is refused later, with the sentence that says which address it has to be.</summary>
    private static Uri Address(System.CommandLine.Parsing.ArgumentResult argument) => new(argument.Tokens[0].Value, UriKind.RelativeOrAbsolute);

    private static Outage? Outages(string text) =>
        text.Split('/') is [var down, var every] && double.TryParse(down, CultureInfo.InvariantCulture, out var first) && double.TryParse(every, CultureInfo.InvariantCulture, out var whole)
            ? new Outage(TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(whole))
            : null;
}
