using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Relais.Channels;
using Relais.Foundation;
using Relais.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Media;

/// <summary>Customers' files on their way from the provider to the desk, through the whole server.</summary>
public sealed class FetchingTests
{
    [Theory, OnEveryDatabase]
    public async Task A_customers_photo_is_fetched_shown_and_served(DatabaseKind kind)
    {
        await using var meta = await FileProvider.Start();
        await using var relais = await Start(kind, meta);
        using var desk = await DeskClient.SignIn(relais);
        var conversation = await Chat(relais, desk);
        var held = new TaskCompletionSource();
        meta.Answer = async context =>
        {
            await held.Task;
            await Serve(meta, context, SampleFiles.Png);
        };

        // While it is at the provider the desk sees so; the webhook did not wait for it.
        var sha = Convert.ToBase64String(Convert.FromHexString(SampleFiles.Sha(SampleFiles.Png)));
        var id = await relais.ReceiveFile(desk, conversation, "image", new MediaRef("m1", "image/png", sha, null));
        var waiting = await desk.MessageThat(conversation, m => Media(m, "state") == "waiting", "the file waits");
        waiting.GetProperty("media").GetProperty("mime_type").GetString().ShouldBe("image/png");
        (await desk.Get($"/api/media/{id}")).Refused(404, "not_found");
        held.SetResult();

        var message = await desk.MessageThat(conversation, m => Media(m, "state") == "stored", "the file is here");
        message.GetProperty("media").ToString().ShouldContain($"/api/media/{id}");
        message.GetProperty("media").GetProperty("size").GetInt64().ShouldBe(SampleFiles.Png.Length);
        message.GetProperty("payload").GetProperty("ref").GetProperty("media_id").GetInt64().ShouldBe(id);
        (await relais.Facts.Count("SELECT count(*) FROM change WHERE type = 'message.updated' AND message_id = @m", new { m = message.GetProperty("id").GetInt64() }))
            .ShouldBeGreaterThan(0);

        using var answer = await desk.Http.GetAsync($"/api/media/{id}");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Png);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("image/png");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("inline");
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task A_provider_that_is_down_is_asked_again_and_the_desk_sees_why(DatabaseKind kind)
    {
        await using var meta = await FileProvider.Start();
        await using var relais = await Start(kind, meta);
        using var desk = await DeskClient.SignIn(relais);
        var conversation = await Chat(relais, desk);
        var isDown = true;
        meta.Answer = context => isDown ? Status(context, 503) : Serve(meta, context, SampleFiles.Jpeg);
        await relais.ReceiveFile(desk, conversation, "image", new MediaRef("m1", null, null, null));
        await desk.MessageThat(conversation, m => Media(m, "state") == "waiting" && Media(m, "problem").Contains("503", StringComparison.Ordinal), "the reason is shown");
        isDown = false;
        var message = await desk.MessageThat(conversation, m => Media(m, "state") == "stored", "a later try brings it");
        Media(message, "problem").ShouldBe("");
        Media(message, "mime_type").ShouldBe("image/jpeg");
    }

    [Theory, OnEveryDatabase]
    public async Task What_cannot_be_had_says_why_and_a_person_may_try_again(DatabaseKind kind)
    {
        await using var meta = await FileProvider.Start();
        await using var relais = await Start(kind, meta);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        var conversation = await Chat(relais, desk);

        meta.Answer = context => Serve(meta, context, SampleFiles.Png);
        var forged = await relais.ReceiveFile(desk, conversation, "image", new MediaRef("m1", null, SampleFiles.Sha(SampleFiles.Jpeg), null));
        var message = await desk.MessageThat(conversation, m => Media(m, "state") == "failed", "other bytes than announced are not kept");
        Media(message, "problem").ShouldContain("SHA-256");
        (await desk.Get($"/api/media/{forged}")).Refused(404, "not_found");

        meta.Answer = context => Serve(meta, context, SampleFiles.Html);
        var page = await relais.ReceiveFile(desk, conversation, "image", new MediaRef("m2", "image/png", null, null));
        Media(await desk.MessageThat(conversation, m => Media(m, "id") == page.ToString() && Media(m, "state") == "failed", "a page is no picture"), "problem")
            .ShouldContain("text/html");

        meta.Answer = context => Serve(meta, context, new byte[6_000_000]);
        var large = await relais.ReceiveFile(desk, conversation, "image", new MediaRef("m3", null, null, null));
        Media(await desk.MessageThat(conversation, m => Media(m, "id") == large.ToString() && Media(m, "state") == "failed", "too large"), "problem").ShouldContain("larger");

        meta.Answer = context => Serve(meta, context, SampleFiles.Png);
        (await other.Post($"/api/media/{large}/retry")).Refused(404, "not_found");
        (await desk.Post($"/api/media/{large}/retry")).Ok().Text("state").ShouldBe("waiting");
        await desk.MessageThat(conversation, m => Media(m, "id") == large.ToString() && Media(m, "state") == "stored", "the retry brings it");
        (await desk.Post($"/api/media/{large}/retry")).Refused(404, "not_found");
        await relais.Settled();
        Directory.EnumerateFiles(Files(relais).Incoming).ShouldBeEmpty("nothing half is left behind");
    }

    [Theory, OnEveryDatabase]
    public async Task A_crash_between_the_file_and_its_row_leaves_no_lie(DatabaseKind kind)
    {
        await using var meta = await FileProvider.Start();
        await using var relais = await Start(kind, meta);
        using var desk = await DeskClient.SignIn(relais);
        var conversation = await Chat(relais, desk);

        // The file got its name and the process died: the row still waits under a lease that nobody holds.
        meta.Answer = context => Status(context, 503);
        var id = await relais.ReceiveFile(desk, conversation, "image", new MediaRef("m1", null, null, null));
        await desk.MessageThat(conversation, m => Media(m, "problem").Length > 0, "one try is over");
        await using (var pending = Files(relais).Begin())
        {
            await pending.WriteAsync(SampleFiles.Png);
            await Files(relais).Keep(pending, CancellationToken.None);
        }

        await relais.StopServer();
        await relais.Facts.Query<long>("UPDATE lane SET leased = 1, node = (SELECT max(node) FROM lane), due_at = NULL WHERE kind = 4 RETURNING lane_key");
        meta.Answer = context => Serve(meta, context, SampleFiles.Png);
        await relais.StartServer();
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute("UPDATE lane SET leased = 0, ready_at = {now} WHERE kind = 4"));

        await desk.MessageThat(conversation, m => Media(m, "state") == "stored", "it is fetched again");
        (await desk.Http.GetByteArrayAsync($"/api/media/{id}")).ShouldBe(SampleFiles.Png);
        Directory.EnumerateFiles(Path.GetDirectoryName(Files(relais).PathOf(SampleFiles.Sha(SampleFiles.Png)))!).Count().ShouldBe(1, "the same bytes lie there once");
    }

    [Theory, OnEveryDatabase]
    public async Task A_disk_that_cannot_be_written_is_waited_for(DatabaseKind kind)
    {
        await using var meta = await FileProvider.Start();
        await using var relais = await Start(kind, meta);
        using var desk = await DeskClient.SignIn(relais);
        var conversation = await Chat(relais, desk);
        meta.Answer = context => Serve(meta, context, SampleFiles.Png);
        var folder = Files(relais).Folder;
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        await File.WriteAllTextAsync(folder, "in the way");
        await relais.ReceiveFile(desk, conversation, "image", new MediaRef("m1", null, null, null));
        await desk.MessageThat(conversation, m => Media(m, "state") == "waiting" && Media(m, "problem").Contains("disk", StringComparison.Ordinal), "the reason is shown");
        File.Delete(folder);
        await desk.MessageThat(conversation, m => Media(m, "state") == "stored", "a later try brings it");
    }

    [Theory, OnEveryDatabase]
    public async Task A_database_that_is_away_while_a_file_comes_costs_neither_the_file_nor_its_lane(DatabaseKind kind)
    {
        // Away when it is to be written what became of the file: whoever fetched it writes it a moment later.
        await using var meta = await FileProvider.Start();
        var away = new AwayDatabase();
        await using var relais = await RelaisHost.Start(kind, new() { ["RELAIS_META_URL"] = meta.Url.ToString().TrimEnd('/') }, away.Around);
        using var desk = await DeskClient.SignIn(relais);
        var conversation = await Chat(relais, desk);
        var downloads = 0;
        meta.Answer = context =>
        {
            if (context.Request.Path.Value == "/file")
            {
                downloads++;
                away.GoAway();
            }

            return Serve(meta, context, SampleFiles.Png);
        };
        await relais.ReceiveFile(desk, conversation, "image", new MediaRef("m1", null, null, null));
        await desk.MessageThat(conversation, m => Media(m, "state") == "stored", "the file is written down");
        downloads.ShouldBe(1);
        (await relais.Facts.Count("SELECT failures + leased FROM lane WHERE kind = 4")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_voice_note_comes_through_Twilio_too(DatabaseKind kind)
    {
        const string path = "/2010-04-01/Accounts/ACtest/Messages/MM1/Media/ME1";
        await using var twilio = await FileProvider.Start();
        await using var relais = await RelaisHost.Start(kind, new() { ["RELAIS_TWILIO_URL"] = twilio.Url.ToString().TrimEnd('/') });
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110072");
        await phone.Say(relais.Twilio, "Bonjour");
        var conversation = await desk.ConversationWith(phone);
        twilio.Answer = context =>
        {
            if (context.Request.Path != path)
            {
                return FileProvider.Bytes(context, SampleFiles.Voice);
            }

            context.Response.Headers.Location = "/cdn/voice";
            return Status(context, 307);
        };
        await relais.ReceiveFile(desk, conversation, "audio", new MediaRef(new Uri(twilio.Url, path).ToString(), "audio/ogg", null, null));
        Media(await desk.MessageThat(conversation, m => Media(m, "state") == "stored", "the voice note is here"), "mime_type").ShouldBe("audio/ogg; codecs=opus");
    }

    [Fact]
    public void The_pauses_grow_to_an_hour()
    {
        MediaFetcher.Pause(0, null).ShouldBe(TimeSpan.FromSeconds(2));
        MediaFetcher.Pause(2, null).ShouldBe(TimeSpan.FromSeconds(32));
        MediaFetcher.Pause(500, null).ShouldBe(TimeSpan.FromHours(1));
        MediaFetcher.Pause(0, TimeSpan.FromMinutes(3)).ShouldBe(TimeSpan.FromMinutes(3));
        MediaFetcher.Pause(0, TimeSpan.FromDays(3)).ShouldBe(TimeSpan.FromHours(1));
    }

    private static Task<RelaisHost> Start(DatabaseKind kind, FileProvider meta) =>
        RelaisHost.Start(kind, new() { ["RELAIS_META_URL"] = meta.Url.ToString().TrimEnd('/') });

    private static async Task<long> Chat(RelaisHost relais, DeskClient desk)
    {
        var phone = relais.Simulator.Phone("+33611110071");
        await phone.Say(relais.Meta, "STOP");
        return await desk.ConversationWith(phone);
    }

    private static MediaFiles Files(RelaisHost relais) => relais.Services.GetRequiredService<MediaFiles>();

    private static string Media(System.Text.Json.JsonElement message, string name) =>
        message.GetProperty("media") is { ValueKind: System.Text.Json.JsonValueKind.Object } media ? media.Text(name) : "";

    /// <summary>Meta's two steps; whatever else is asked (a send) is taken.</summary>
    private static Task Serve(FileProvider meta, HttpContext context, byte[] bytes) =>
        context.Request.Method == "POST" ? context.Response.WriteAsJsonAsync(new { messaging_product = "whatsapp", messages = new[] { new { id = $"wamid.{Guid.NewGuid()}" } } })
        : context.Request.Path.StartsWithSegments("/v26.0", StringComparison.Ordinal) ? FileProvider.Described(context, new Uri(meta.Url, "/file"))
        : FileProvider.Bytes(context, bytes);

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
