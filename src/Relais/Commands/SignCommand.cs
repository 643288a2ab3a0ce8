using System.CommandLine;
using Relais.Foundation;

namespace Relais.Commands;

/// <summary><c>relais simulator sign</c>: the signature of a body file and the curl line that sends it, to tell a wrong secret from a wrong address.</summary>
internal static class SignCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The body: Meta's JSON, or Twilio's form (a=1&b=2). Its bytes are signed as they are." };
        var provider = new Option<string>("--provider") { Description = "meta or twilio.", Required = true };
        provider.AcceptOnlyFromAmong("meta", "twilio");
        var secret = new Option<string?>("--secret") { Description = "The app secret or auth token (default: WHATSAPP_APP_SECRET, TWILIO_AUTH_TOKEN)." };
        var url = new Option<string?>("--url") { Description = "The address the provider calls (default: the public address with the usual path). Twilio signs it." };
        var to = new Option<string?>("--to") { Description = "Where to send it instead, such as http://127.0.0.1:5080; the signature stays the public address's." };
        var command = new Command("sign", "Print the signature of a test webhook and the curl line that sends it.") { file, provider, secret, url, to };
        command.SetAction((parsed, cancel) => Run(
            parsed.GetValue(file)!, parsed.GetValue(provider) == "twilio", parsed.GetValue(secret), parsed.GetValue(url), parsed.GetValue(to), cancel));
        return command;
    }

    private static async Task<int> Run(FileInfo file, bool isTwilio, string? secret, string? url, string? to, CancellationToken cancel)
    {
        var settings = Settings.FromEnvironment();
        var key = secret ?? (isTwilio ? settings.TwilioToken : settings.MetaAppSecret);
        var address = url ?? (settings.PublicUrl ?? (isTwilio ? null : new Uri("http://127.0.0.1:5080")))?.ToString().TrimEnd('/')
            + (isTwilio ? SignedBody.TwilioPath : SignedBody.MetaPath);
        if (Problem(file, isTwilio, key, address, to) is { } problem)
        {
            return ServeCommand.Refuse(problem);
        }

        var body = await File.ReadAllBytesAsync(file.FullName, cancel);
        var signed = isTwilio ? SignedBody.Twilio(key!, new Uri(address), body) : SignedBody.Meta(key!, new Uri(address), body);
        Console.WriteLine($"{signed.Header}: {signed.Signature}");
        Console.WriteLine();
        Console.WriteLine(signed.Curl(file.ToString(), to is null ? null : new Uri(to)));
        return 0;
    }

    /// <summary>A sentence that mends it; null when it can be signed.</summary>
    private static string? Problem(FileInfo file, bool isTwilio, string? key, string address, string? to) =>
        !file.Exists ? $"There is no file {file}."
        : key is null ? $"No secret: set {(isTwilio ? "TWILIO_AUTH_TOKEN" : "WHATSAPP_APP_SECRET")}, or give --secret. A number connected at the console keeps its own there."
        : !IsAddress(address) ? isTwilio && address.StartsWith('/')
            ? "No public address: set RELAIS_PUBLIC_URL, or give --url with the whole address that Twilio calls. Twilio signs it."
            : $"\"{address}\" is no address; give one like https://relais.example.com{SignedBody.TwilioPath}."
        : to is not null && !IsAddress(to) ? $"\"{to}\" is no address; give one like http://127.0.0.1:5080."
        : null;

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
