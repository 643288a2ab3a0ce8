using Relais.Channels;
using Relais.Intake;
using Shouldly;
using Xunit;

namespace Relais.Tests.Intake;

public sealed class TwilioSpoolTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("relais-spool-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_a_power_cut_left_half_written_spoils_no_webhook_after_it()
    {
        using (var before = new TwilioSpool(folder))
        {
            await before.Append(Webhook(1));
        }

        await File.AppendAllTextAsync(Path.Combine(folder, "twilio.spool"), """{"ConnectionId":1,"LaneK""");
        using var after = new TwilioSpool(folder);
        await after.Append(Webhook(2));

        var stored = new List<byte>();
        await after.Drain(webhook =>
        {
            stored.Add(webhook.Body[0]);
            return Task.CompletedTask;
        });
        stored.ShouldBe([(byte)1, (byte)2]);
        after.HasAny.ShouldBeFalse();
    }

    private static NewWebhook Webhook(byte body) => new(1, 1, WebhookKind.TwilioMessage, "", "", [body], 0);
}
