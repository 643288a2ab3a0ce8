using Microsoft.Extensions.DependencyInjection;
using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Simulator;
using Relais.Tests.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Real files of every kind, from the simulated provider to the desk and back.</summary>
public sealed class FilesBothWays
{
    private static readonly (string Sample, string Kind, string Type)[] Kinds =
    [
        ("image", "image", "image/jpeg"), ("voice", "audio", "audio/ogg; codecs=opus"), ("video", "video", "video/mp4"),
        ("sticker", "sticker", "image/webp"), ("document", "document", "application/pdf"),
    ];

    [Theory, OnEveryDatabase]
    public async Task A_customers_files_of_every_kind_come_through_both_channels(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var number in (SimulatedNumber[])[relais.Meta, relais.Twilio])
        {
            var phone = relais.Simulator.Phone("+33611110081");
            await phone.Say(number, "STOP");
            await phone.Receives(number, 1);
            var conversation = await desk.ConversationWith(phone);
            foreach (var (sample, as_, type) in Kinds)
            {
                var (bytes, mime, name) = Relais.Simulator.Files.SampleFiles.Of(sample)!.Value;
                var file = relais.Simulator.Files.Put(number, bytes, mime, name);
                var settings = relais.Services.GetRequiredService<Settings>();
                var where = number == relais.Meta ? file.Id : $"{settings.TwilioUrl}/2010-04-01/Accounts/{number.Account}/Messages/MM1/Media/{file.Id}";
                var id = await relais.ReceiveFile(desk, conversation, as_, new MediaRef(where, mime, SampleFiles.Sha(bytes), name));
                var message = await desk.MessageThat(conversation, m => m.GetProperty("media").ToString().Contains($"/api/media/{id}\"", StringComparison.Ordinal), $"the {sample} is here");
                message.GetProperty("media").Text("mime_type").ShouldBe(type);
                message.GetProperty("media").Text("filename").ShouldBe(name);
                (await desk.Http.GetByteArrayAsync($"/api/media/{id}")).ShouldBe(bytes);
            }

            (await desk.Act(conversation, "close")).Ok();
        }

        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task A_file_of_ours_is_taken_by_Meta_and_opened_by_link_for_Twilio(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (preparation, channels) = (relais.Services.GetRequiredService<SendPreparation>(), relais.Services.GetRequiredService<ChannelSet>());
        var addresses = relais.Services.GetRequiredService<SendAddresses>();
        foreach (var (sample, as_, _) in Kinds)
        {
            var (bytes, _, name) = Relais.Simulator.Files.SampleFiles.Of(sample)!.Value;
            var id = await desk.Uploaded(bytes, name);
            OutboundContent content = as_ switch
            {
                "image" => new OutboundContent.Image { MediaId = id },
                "audio" => new OutboundContent.Audio { MediaId = id, Voice = true },
                "video" => new OutboundContent.Video { MediaId = id },
                "sticker" => new OutboundContent.Sticker { MediaId = id },
                _ => new OutboundContent.Document { MediaId = id },
            };
            foreach (var inbox in relais.Services.GetRequiredService<InboxDirectory>().Inboxes)
            {
                var (message, failure) = await preparation.Prepare(channels[inbox.IsTwilio ? ChannelKind.Twilio : ChannelKind.Meta], addresses.Of(inbox),
                    desk.TenantId, new OutboundMessage(1, new SenderIdentity("33611110082", null, null), content), CancellationToken.None);
                failure.ShouldBeNull(sample);
                if (inbox.IsTwilio)
                {
                    using var anonymous = new HttpClient();
                    (await anonymous.GetByteArrayAsync(message.File!.PublicUrl)).ShouldBe(bytes);
                }
                else
                {
                    relais.Simulator.Files.Find(message.AssetId)!.Bytes.ShouldBe(bytes, sample);
                }
            }
        }
    }

    [Theory, OnEveryDatabase]
    public async Task A_photo_from_the_desk_reaches_the_phone_of_either_channel_and_is_uploaded_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (bytes, _, name) = Relais.Simulator.Files.SampleFiles.Of("image")!.Value;
        var photo = await desk.Uploaded(bytes, name);
        foreach (var number in (SimulatedNumber[])[relais.Meta, relais.Twilio])
        {
            var phone = relais.Simulator.Phone("+33611110083");
            await phone.Say(number, "Où est ma commande TRK123456 ?");
            await phone.Receives(number, 1);
            var conversation = await desk.ConversationWith(phone);
            (await desk.Act(conversation, "send", new { content = new { type = "image", media_id = photo, caption = "Voilà" } })).Ok();
            await phone.Receives(number, 2);
            (await desk.Act(conversation, "send", new { content = new { type = "image", media_id = photo } })).Ok();
            await phone.Receives(number, 3);
            var bubbles = phone.Messages(number).Where(m => !m.FromCustomer).ToList();
            (bubbles[1].Type, bubbles[1].Text).ShouldBe(("image", "Voilà"));
            bubbles[1].Extra!.File.ShouldNotBeNull();
            var sent = await desk.MessageThat(conversation, m => m.Text("content") == "Voilà", "the photo is in the conversation");
            sent.GetProperty("media").Text("url").ShouldBe($"/api/media/{photo}");

            var refused = await desk.Act(conversation, "send", new { content = new { type = "video", media_id = photo } });
            refused.Refused(400, "invalid");
            refused.Body.GetProperty("errors").TryGetProperty("content.media_id", out _).ShouldBeTrue(refused.Body.ToString());
            (await desk.Act(conversation, "send", new { content = new { type = "image", media_id = 999_999 } })).Refused(400, "invalid");
            (await desk.Act(conversation, "close")).Ok();
        }

        (await relais.Facts.Count("SELECT count(*) FROM provider_asset")).ShouldBe(1, "Meta has it once, Twilio fetches it");
        await relais.Settled();
    }
}
