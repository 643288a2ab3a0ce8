using Microsoft.AspNetCore.Http;
using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Foundation;
using Relais.Media;
using Relais.Outbox;
using Relais.Tests.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>Files on their way out: found, checked, brought to Meta once, and named again.</summary>
public sealed class SendPreparationTests
{
    private static readonly InboxAddress Inbox = new(Business.Inbox, ChannelKind.Meta, "770011223344556", "88", "token-1");

    [Theory, OnEveryDatabase]
    public async Task A_file_is_uploaded_once_a_number_and_its_id_is_used_again(DatabaseKind kind)
    {
        await using var stage = await Stage.Open(kind);
        var photo = await stage.File(SampleFiles.Jpeg, "Photo été.jpg");
        var first = await stage.Prepare(new OutboundContent.Image { MediaId = photo, Caption = "Voilà" });
        first.Failure.ShouldBeNull();
        first.Message.AssetId.ShouldBe("asset-1");
        first.Message.File!.Sha256.ShouldBe(SampleFiles.Sha(SampleFiles.Jpeg));
        first.Message.File.PublicUrl!.AbsolutePath.ShouldStartWith("/media/");

        var upload = stage.Meta.Requests.ShouldHaveSingleItem();
        (upload.Method, upload.Path, upload.Authorization).ShouldBe(("POST", "/v26.0/770011223344556/media", "Bearer token-1"));
        var body = System.Text.Encoding.Latin1.GetString(upload.Body);
        body.ShouldContain("name=\"messaging_product\"");
        body.ShouldContain("whatsapp");
        body.ShouldContain("Content-Type: image/jpeg");
        body.ShouldContain("name=\"file\"; filename=\"Photo__t_.jpg\"");
        body.ShouldContain(System.Text.Encoding.Latin1.GetString(SampleFiles.Jpeg));

        (await stage.Prepare(new OutboundContent.Image { MediaId = photo })).Message.AssetId.ShouldBe("asset-1");
        (await stage.Prepare(new OutboundContent.Buttons("Ça vous va ?", [new Choice("1", "Oui")]) { HeaderMedia = new OutboundContent.Image { MediaId = photo } }))
            .Message.AssetId.ShouldBe("asset-1");
        (await stage.Prepare(new OutboundContent.Template("promo", "fr") { HeaderMedia = new OutboundContent.Image { MediaId = photo } })).Message.AssetId.ShouldBe("asset-1");
        stage.Meta.Requests.Count.ShouldBe(1);

        // Another number of the same business has ids of its own; so has the same number a month later.
        (await stage.Prepare(new OutboundContent.Image { MediaId = photo }, Inbox with { InboxId = Business.SecondInbox })).Message.AssetId.ShouldBe("asset-2");
        stage.Clock.Advance(TimeSpan.FromDays(29));
        (await stage.Prepare(new OutboundContent.Image { MediaId = photo })).Message.AssetId.ShouldBe("asset-3");
    }

    [Theory, OnEveryDatabase]
    public async Task What_cannot_be_sent_is_refused_with_the_field_and_the_way_to_mend_it(DatabaseKind kind)
    {
        await using var stage = await Stage.Open(kind);
        var page = await stage.File(SampleFiles.Html, "page.html");
        var photo = await stage.File(SampleFiles.Png, "a.png");
        (await stage.Problem(new OutboundContent.Image { MediaId = 999_999 }))!.ShouldSatisfyAllConditions(
            p => p.Field.ShouldBe("media_id"), p => p.Reason.ShouldContain("POST /api/media"));
        (await stage.Problem(new OutboundContent.Image { MediaId = photo }, Business.OtherTenant))!.Field.ShouldBe("media_id", "another tenant's file is no file");
        (await stage.Problem(new OutboundContent.Image { MediaId = page }))!.Reason.ShouldContain("text/html");
        (await stage.Problem(new OutboundContent.Document { MediaId = page })).ShouldBeNull();
        (await stage.Problem(new OutboundContent.Template("promo", "fr") { HeaderMedia = new OutboundContent.Video { MediaId = photo } }))!.Field.ShouldBe("header_media.media_id");
        (await stage.Problem(new OutboundContent.Image()))!.Field.ShouldBe("media_id");
        (await stage.Problem(new OutboundContent.Image { MediaId = photo, Link = "https://example.com/a.png" }))!.Field.ShouldBe("media_id");
        (await stage.Problem(new OutboundContent.Image { Link = "http://127.0.0.1/a.png" }))!.Field.ShouldBe("link");
        (await stage.Problem(new OutboundContent.Image { Link = "https://example.com/a.png" })).ShouldBeNull();
        (await stage.Problem(new OutboundContent.Text("Bonjour"))).ShouldBeNull();

        (await stage.Prepare(new OutboundContent.Image { MediaId = page })).Failure.ShouldBeOfType<SendOutcome.Rejected>();
        stage.Meta.Requests.ShouldBeEmpty();
    }

    [Theory, OnEveryDatabase]
    public async Task An_upload_that_fails_is_tried_again_or_not_as_Meta_says(DatabaseKind kind)
    {
        await using var stage = await Stage.Open(kind);
        var photo = new OutboundContent.Image { MediaId = await stage.File(SampleFiles.Png, "a.png") };
        stage.Meta.Answer = context => Say(context, 503, "<html>");
        (await stage.Prepare(photo)).Failure.ShouldBeOfType<SendOutcome.RetryLater>();
        stage.Meta.Answer = context => Say(context, 400, """{"error":{"code":131053,"message":"bad file"}}""");
        (await stage.Prepare(photo)).Failure.ShouldBeOfType<SendOutcome.Rejected>().Code.ShouldBe(131053);
        stage.Meta.Answer = context => Say(context, 200, "{}");
        (await stage.Prepare(photo)).Failure.ShouldBeOfType<SendOutcome.RetryLater>();
        stage.Meta.Answer = context => Say(context, 200, """{"id":"a9"}""");
        (await stage.Prepare(photo)).Message.AssetId.ShouldBe("a9");

        // An id that Meta no longer knows is forgotten, but not one that is a moment old.
        var prepared = (await stage.Prepare(photo)).Message;
        var refused = new SendOutcome.Rejected(100, "no such media");
        (await stage.Preparation.Forget(Inbox, Business.Tenant, prepared, refused, CancellationToken.None)).ShouldBeFalse();
        stage.Clock.Advance(TimeSpan.FromHours(1));
        (await stage.Preparation.Forget(Inbox, Business.Tenant, prepared, new SendOutcome.Rejected(131026, "unreachable"), CancellationToken.None)).ShouldBeFalse();
        (await stage.Preparation.Forget(Inbox, Business.Tenant, prepared, refused, CancellationToken.None)).ShouldBeTrue();
        stage.Meta.Answer = context => Say(context, 200, """{"id":"a10"}""");
        (await stage.Prepare(photo)).Message.AssetId.ShouldBe("a10");
    }

    [Theory, OnEveryDatabase]
    public async Task Twilio_is_given_a_link_and_needs_a_public_address_for_it(DatabaseKind kind)
    {
        await using var stage = await Stage.Open(kind);
        var photo = new OutboundContent.Image { MediaId = await stage.File(SampleFiles.Png, "a.png") };
        (await stage.Problem(photo, channel: ChannelKind.Twilio)).ShouldBeNull();
        stage.HasAddress(false);
        (await stage.Problem(photo, channel: ChannelKind.Twilio))!.Reason.ShouldContain("RELAIS_PUBLIC_URL");
        (await stage.Problem(photo)).ShouldBeNull("Meta gets the bytes");
    }

    private static Task Say(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }

    /// <summary>A business with files, and a Meta that takes uploads and counts them.</summary>
    private sealed class Stage : IAsyncDisposable
    {
        private readonly Business business;
        private readonly MediaFiles files;
        private readonly MetaChannel channel;
        private OutboundFiles outbound = null!;

        private Stage(Business business, FileProvider meta)
        {
            this.business = business;
            Meta = meta;
            files = new MediaFiles(Directory.CreateTempSubdirectory("relais-files-").FullName);
            channel = new MetaChannel(ProviderHttp.CreateClient(), new MetaOptions(meta.Url), Clock);
            HasAddress(true);
        }

        public FileProvider Meta { get; }

        public Clock Clock { get; } = new();

        public SendPreparation Preparation { get; private set; } = null!;

        public static async Task<Stage> Open(DatabaseKind kind)
        {
            var made = 0;
            return new Stage(await Business.Open(kind), await FileProvider.Start(context => context.Response.WriteAsJsonAsync(new { id = $"asset-{++made}" })));
        }

        public void HasAddress(bool has)
        {
            var settings = Settings.From(has ? [KeyValuePair.Create("RELAIS_PUBLIC_URL", "https://relais.example.com")] : []);
            outbound = new OutboundFiles(files, new MediaLinks(new PublicAddress(settings), new Secrets(new byte[32]), Clock));
            Preparation = new SendPreparation(business.Database, outbound, Clock);
        }

        public async Task<long> File(byte[] bytes, string name)
        {
            await using var pending = files.Begin();
            await pending.WriteAsync(bytes);
            var sha = await files.Keep(pending, CancellationToken.None);
            var type = MediaTypes.Detect(bytes, []);
            var id = await business.Ids.One();
            return await business.Database.Write(Relais.Storage.Scope.Tenant(Business.Tenant), tx => MediaStore.Upload(
                tx, Business.Tenant, id, MediaLimits.KindOf(type), name, sha, type, bytes.Length, Clock.Micros));
        }

        public Task<(OutboundMessage Message, SendOutcome? Failure)> Prepare(OutboundContent content, InboxAddress? from = null) => Preparation.Prepare(
            channel, from ?? Inbox, Business.Tenant, new OutboundMessage(1, new SenderIdentity("33612340001", null, null), content), CancellationToken.None);

        public Task<ContentProblem?> Problem(OutboundContent content, long tenant = Business.Tenant, ChannelKind channel = ChannelKind.Meta) =>
            business.Database.Read(Relais.Storage.Scope.Tenant(tenant), tx => outbound.Check(tx, tenant, channel, content));

        public async ValueTask DisposeAsync()
        {
            channel.Dispose();
            await Meta.DisposeAsync();
            await business.DisposeAsync();
            Directory.Delete(files.Folder, recursive: true);
        }
    }
}
