using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Relais.Tests.Support;

namespace Relais.Tests.Fuzz;

/// <summary>A webhook before it is signed.</summary>
/// <param name="IsTwilio">Which provider's.</param>
/// <param name="Path">Where it is posted, with its query.</param>
/// <param name="ContentType">The header as it is written, or null for none.</param>
/// <param name="Bytes">The body.</param>
internal sealed record FuzzBody(bool IsTwilio, string Path, string? ContentType, byte[] Bytes)
{
    /// <summary>As the door decides what Twilio signed.</summary>
    public bool IsTwilioJson => ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>
/// Bodies made of the golden ones (Payloads/, and the providers' samples where they lie beside the repository). A body depends on
/// the seed and its number alone, so each can be made again by itself.
/// </summary>
internal sealed partial class Fuzzer
{
    private static readonly string?[] ContentTypes =
    [
        null, "", "text/plain", "application/json; charset=utf-16", "application/json; charset=iso-8859-1", "application/json; charset=", "APPLICATION/JSON",
        "application/x-www-form-urlencoded; charset=ISO-8859-1", "application/vnd.x+json", "multipart/form-data; boundary=x", "application/octet-stream", "x",
    ];

    private readonly byte[][] meta;
    private readonly byte[][] twilio;
    private readonly byte[][] statuses;
    private readonly string[] metaPaths;
    private readonly string[] twilioPaths;

    public Fuzzer(string metaNumber, string twilioNumber, string twilioAccount, long metaInbox, long twilioInbox)
    {
        meta = [.. Golden("meta", "*.json").Select(f => Encoding.UTF8.GetBytes(
            PhoneNumberId().Replace(File.ReadAllText(f), $"\"phone_number_id\": \"{metaNumber}\"")))];
        var forms = Golden("twilio", "*.form").Select(f => (File: f, Text: Account().Replace(
            File.ReadAllText(f).Replace("%2B33600000199", Uri.EscapeDataString(twilioNumber), StringComparison.Ordinal), $"AccountSid={twilioAccount}"))).ToList();
        statuses = [.. forms.Where(f => f.File.Contains("status-", StringComparison.Ordinal)).Select(f => Encoding.UTF8.GetBytes(f.Text))];
        twilio = [.. forms.Select(f => Encoding.UTF8.GetBytes(f.Text))];
        metaPaths = ["api/whatsapp/webhook", string.Create(CultureInfo.InvariantCulture, $"webhooks/meta/{metaInbox}")];
        twilioPaths =
        [
            "api/whatsapp/webhook/incoming", "api/whatsapp/webhook/status?m=1&x=%zz&x=%00&'=%C3%A9", "webhook/whatsapp?",
            string.Create(CultureInfo.InvariantCulture, $"webhooks/twilio/{twilioInbox}/status?m={long.MaxValue}0"),
        ];
        Assert(meta.Length > 40 && twilio.Length > 20 && statuses.Length > 5);
    }

    /// <summary>The number of the body that this seed begins with, of every kind in turn.</summary>
    public FuzzBody Body(int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        return number % 2 == 0 ? Meta(random) : Twilio(random);
    }

    private FuzzBody Meta(Random random)
    {
        var body = meta[random.Next(meta.Length)];
        if (random.Next(10) == 0)
        {
            body = Mixed(random);
        }

        for (var rounds = Rounds(random); rounds > 0; rounds--)
        {
            body = Mutations.OfJson(random, body);
        }

        return new FuzzBody(false, metaPaths[random.Next(metaPaths.Length)], ContentType(random, "application/json"), body);
    }

    private FuzzBody Twilio(Random random)
    {
        var path = random.Next(twilioPaths.Length);
        var body = path is 1 or 3 && random.Next(4) > 0 ? statuses[random.Next(statuses.Length)] : twilio[random.Next(twilio.Length)];
        if (random.Next(5) == 0)
        {
            body = FormMutations.ToJson(body);
            for (var rounds = Rounds(random); rounds > 0; rounds--)
            {
                body = Mutations.OfJson(random, body);
            }

            return new FuzzBody(true, twilioPaths[path], random.Next(10) == 0 ? "application/json; charset=utf-16" : "application/json", body);
        }

        for (var rounds = Rounds(random); rounds > 0; rounds--)
        {
            body = FormMutations.Of(random, body);
        }

        return new FuzzBody(true, twilioPaths[path], ContentType(random, "application/x-www-form-urlencoded"), body);
    }

    /// <summary>The entries of several bodies in one, as Meta batches them.</summary>
    private byte[] Mixed(Random random)
    {
        var entries = Enumerable.Range(0, random.Next(2, 6)).Select(_ =>
        {
            var text = Encoding.UTF8.GetString(meta[random.Next(meta.Length)]);
            using var document = System.Text.Json.JsonDocument.Parse(text);
            return document.RootElement.GetProperty("entry")[0].GetRawText();
        });
        return Encoding.UTF8.GetBytes($$"""{"object":"whatsapp_business_account","entry":[{{string.Join(',', entries)}}]}""");
    }

    private static int Rounds(Random random) => random.Next(20) switch { 0 => 0, < 13 => 1, < 18 => 2, _ => 5 };

    private static string? ContentType(Random random, string usual) => random.Next(6) == 0 ? ContentTypes[random.Next(ContentTypes.Length)] : usual;

    private static IEnumerable<string> Golden(string provider, string pattern)
    {
        var own = Path.Combine(AppContext.BaseDirectory, "Payloads", provider);
        var shared = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "fixtures", provider));
        return new[] { own, shared }.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, pattern))
            .Where(f => !Path.GetFileName(f).StartsWith("send-", StringComparison.Ordinal) && File.ReadAllText(f).Contains(provider == "meta" ? "\"entry\"" : "=", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    private static void Assert(bool holds) => Shouldly.ShouldBeBooleanExtensions.ShouldBeTrue(holds, "golden payloads are missing");

    [GeneratedRegex("\"phone_number_id\"\\s*:\\s*\"[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PhoneNumberId();

    [GeneratedRegex("AccountSid=[^&]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Account();
}
