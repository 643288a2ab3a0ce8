using System.Text;
using System.Text.RegularExpressions;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Every wire shape of Payloads/ goes through the whole server: taken, applied once, and shown by the API.</summary>
public sealed partial class EveryShape
{
    [Theory, OnEveryDatabase]
    public async Task Whatever_a_provider_can_send_is_taken_and_shown(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var phone = relais.Simulator.Phone("+33600009999");
        foreach (var file in Shapes("meta", "*.json"))
        {
            var body = PhoneNumberId().Replace(await File.ReadAllTextAsync(file), $"\"phone_number_id\": \"{relais.Meta.Address}\"");
            (await phone.SendRaw(relais.Meta, Encoding.UTF8.GetBytes(body))).Taken.ShouldBeTrue(file);
        }

        foreach (var file in Shapes("twilio", "*.form"))
        {
            var body = To().Replace(Account().Replace(await File.ReadAllTextAsync(file), ""), $"${{side}}=whatsapp%3A%2B{relais.Twilio.Address[1..]}") + $"&AccountSid={relais.Twilio.Account}";
            (await phone.SendRaw(relais.Twilio, Encoding.UTF8.GetBytes(body))).Taken.ShouldBeTrue(file);
        }

        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM received_webhook WHERE state = 0") == 0, "all are applied");
        (await relais.Facts.Query<string>("SELECT id || ' ' || problem FROM received_webhook WHERE state >= 2")).ShouldBeEmpty();
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 1")).ShouldBeGreaterThan(90);
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE payload LIKE '%\"ref\"%' AND payload NOT LIKE '%\"media_id\"%'")).ShouldBe(0);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var row in (await desk.Get("/api/conversations?limit=200")).Ok().Body.GetProperty("items").EnumerateArray())
        {
            (await desk.Messages(row.GetProperty("id").GetInt64())).ShouldNotBeEmpty();
        }
    }

    private static IEnumerable<string> Shapes(string provider, string pattern) =>
        Directory.GetFiles(Path.Combine(Relais.Tests.Support.Repository.Root, "tests", "Relais.Tests", "Payloads", provider), pattern)
            .Where(f => !f.EndsWith(".reading.json", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith("minimal", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("\"phone_number_id\"\\s*:\\s*\"[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PhoneNumberId();

    [GeneratedRegex("&?AccountSid=[^&]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Account();

    [GeneratedRegex("(?<side>To|From)=whatsapp%3A%2B33600000199", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex To();
}
