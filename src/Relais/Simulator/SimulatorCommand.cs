namespace Relais.Simulator;

/// <summary><c>relais simulator</c>: the provider in a process of its own, for a Relais that runs elsewhere on this machine.</summary>
internal static class SimulatorCommand
{
    private const string RelaisByDefault = "http://127.0.0.1:5080";

    /// <param name="urls">Where to listen, e.g. <c>http://127.0.0.1:5090</c>.</param>
    /// <param name="relaisUrl">Where Relais listens; webhooks are posted there.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<int> Run(string[] urls, string? relaisUrl, CancellationToken cancel)
    {
        if (!Uri.TryCreate(relaisUrl ?? RelaisByDefault, UriKind.Absolute, out var relais) || relais.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync($"\"{relaisUrl}\" is no address of Relais. Give one like {RelaisByDefault}.");
            return 2;
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration().UseUrls(urls);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSimulator();
        await using var app = builder.Build();
        app.MapSimulator();

        var hub = app.Services.GetRequiredService<SimulatorHub>();
        hub.Redelivery = RedeliveryPolicy.LikeMeta;
        foreach (var number in NumbersFrom(Environment.GetEnvironmentVariable, relais))
        {
            hub.Connect(number);
        }

        await app.StartAsync(cancel);
        await Explain(app.Urls, relais, hub.Numbers);
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    /// <summary>The numbers that the settings of Relais itself name: both read the same environment.</summary>
    public static IEnumerable<SimulatedNumber> NumbersFrom(Func<string, string?> setting, Uri relais)
    {
        if (setting("WHATSAPP_PHONE_NUMBER_ID") is { Length: > 0 } phoneNumberId)
        {
            yield return new SimulatedNumber(
                SimulatedChannel.Meta, phoneNumberId, "+15550783881", setting("WHATSAPP_BUSINESS_ACCOUNT_ID") ?? "0",
                setting("WHATSAPP_APP_SECRET") ?? "", setting("WHATSAPP_ACCESS_TOKEN") ?? "",
                new Uri(relais, "/api/whatsapp/webhook"), "Meta");
        }

        if (setting("TWILIO_ACCOUNT_SID") is { Length: > 0 } account
            && E164.TryRead(setting("TWILIO_WHATSAPP_NUMBER")?.Replace("whatsapp:", "", StringComparison.Ordinal), out var sender))
        {
            const string path = "/api/whatsapp/webhook/incoming";
            var token = setting("TWILIO_AUTH_TOKEN") ?? "";
            var publicBase = setting("RELAIS_PUBLIC_URL") ?? setting("WEBHOOK_BASE_URL") ?? setting("APP_URL");
            var signed = string.IsNullOrEmpty(publicBase) ? null : new Uri(publicBase.TrimEnd('/') + path);
            yield return new SimulatedNumber(
                SimulatedChannel.Twilio, sender, sender, account, token, token, new Uri(relais, path), "Twilio", signed);
        }
    }

    private static async Task Explain(IEnumerable<string> urls, Uri relais, IReadOnlyList<SimulatedNumber> numbers)
    {
        var self = urls.First().TrimEnd('/');
        var output = Console.Out;
        await output.WriteLineAsync($"The phones:      {self}/simulator");
        await output.WriteLineAsync($"Webhooks go to:  {relais}");
        await output.WriteLineAsync("Start Relais with:");
        await output.WriteLineAsync($"  RELAIS_META_URL={self}/simulator/graph");
        await output.WriteLineAsync($"  RELAIS_TWILIO_URL={self}/simulator/twilio");
        await output.WriteLineAsync(numbers.Count > 0
            ? "Connected:       " + string.Join(", ", numbers.Select(n => $"{n.Channel} {n.Address}"))
            : "No number is connected. Set WHATSAPP_PHONE_NUMBER_ID, WHATSAPP_APP_SECRET and WHATSAPP_ACCESS_TOKEN, or "
                + "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_NUMBER, here as for Relais, and start again.");
    }
}
