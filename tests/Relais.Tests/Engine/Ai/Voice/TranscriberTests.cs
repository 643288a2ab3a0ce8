using System.Text;
using Microsoft.AspNetCore.Http;
using Relais.Engine.Ai.Providers;
using Relais.Engine.Ai.Voice;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai.Voice;

/// <summary>The wire to a transcription model, right and wrong.</summary>
public sealed class TranscriberTests
{
    private static readonly (byte[] Bytes, string MimeType, string Name) Note = Relais.Simulator.Files.SampleFiles.Of("voice")!.Value;

    [Theory]
    [InlineData("Où est ma commande ?")]
    [InlineData("أين طلبي؟")]
    [InlineData("Where is my order?")]
    public async Task A_note_goes_out_as_a_form_and_comes_back_as_it_was_said(string said)
    {
        await using var server = await FileProvider.Start(context => context.Response.WriteAsJsonAsync(new { text = $" {said}\n", usage = new { type = "duration", seconds = 2 } }));
        (await Hear(server)).ShouldBe(new Heard(said, null));

        var asked = server.Requests.Single();
        (asked.Method, asked.Path, asked.Authorization).ShouldBe(("POST", "/v1/audio/transcriptions", "Bearer sk-voice"));
        var form = Encoding.Latin1.GetString(asked.Body);
        form.ShouldContain("Content-Disposition: form-data; name=\"file\"; filename=\"voice.ogg\"");
        form.ShouldContain("Content-Type: audio/ogg\r\n");
        form.ShouldContain("name=\"model\"\r\n\r\nwhisper-1\r\n");
        form.ShouldContain("name=\"response_format\"\r\n\r\njson\r\n");
        form.ShouldContain(Encoding.Latin1.GetString(Note.Bytes));
    }

    [Fact]
    public async Task A_note_in_which_nothing_is_said_is_heard_all_the_same()
    {
        await using var server = await FileProvider.Start(context => context.Response.WriteAsync("""{"text":"  "}"""));
        (await Hear(server)).ShouldBe(new Heard("", null));
    }

    [Fact]
    public async Task A_text_without_end_is_cut_between_characters()
    {
        await using var server = await FileProvider.Start(context => context.Response.WriteAsJsonAsync(new { text = "a" + string.Concat(Enumerable.Repeat("😀", 6_000)) }));
        (await Hear(server)).Text!.Length.ShouldBe(7_999);
    }

    [Theory]
    [InlineData(429, """{"error":{"message":"slow down"}}""", "overloaded")]
    [InlineData(429, """{"error":{"code":"insufficient_quota"}}""", "spend_limit")]
    [InlineData(500, "oops", "overloaded")]
    [InlineData(401, "{}", "refused")]
    [InlineData(400, """{"error":{"message":"Invalid file format."}}""", "refused")]
    [InlineData(200, "<html>", "broken")]
    [InlineData(200, "[]", "broken")]
    [InlineData(200, """{"text":42}""", "broken")]
    [InlineData(200, """{"words":"none"}""", "broken")]
    public async Task What_is_no_answer_has_a_name(int status, string body, string word)
    {
        await using var server = await FileProvider.Start(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        var heard = await Hear(server);
        (heard.Text, heard.Failure!.Word).ShouldBe((null, word));
    }

    [Fact]
    public async Task A_server_that_hangs_is_left()
    {
        await using var server = await FileProvider.Start(context => Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted)));
        (await Hear(server, TimeSpan.FromMilliseconds(300))).ShouldBe(new Heard(null, new ModelFailure.TimedOut()));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_overloaded()
    {
        Uri gone;
        await using (var server = await FileProvider.Start())
        {
            gone = server.Url;
        }

        (await Hear(gone)).Failure.ShouldBe(new ModelFailure.Overloaded(null));
    }

    [Fact]
    public void What_may_pass_is_tried_again_and_what_only_a_person_mends_is_told()
    {
        var setup = Setup(new Uri("http://127.0.0.1/v1/"));
        HearingEnd End(ModelFailure failure, int failures) => VoiceHearing.End(setup, new Heard(null, failure), failures);
        End(new ModelFailure.Overloaded(null), 0).ShouldBe(new HearingEnd(null, TimeSpan.FromSeconds(2), null));
        End(new ModelFailure.TimedOut(), 1).ShouldBe(new HearingEnd(null, TimeSpan.FromSeconds(8), null));
        End(new ModelFailure.Overloaded(TimeSpan.FromSeconds(90)), 1).Again.ShouldBe(TimeSpan.FromSeconds(90));
        End(new ModelFailure.Overloaded(TimeSpan.FromDays(1)), 1).Again.ShouldBe(TimeSpan.FromMinutes(10));
        End(new ModelFailure.Broken("not an answer"), 3).Again.ShouldBe(TimeSpan.FromSeconds(128));
        End(new ModelFailure.TimedOut(), 4).Text.ShouldBe("");
        End(new ModelFailure.TimedOut(), 4).Problem!.ShouldContain("failed 5 times");
        End(new ModelFailure.SpendLimit(), 0).Problem!.ShouldContain("credit");
        End(new ModelFailure.Refused(401), 0).Problem!.ShouldContain("key");
        End(new ModelFailure.Refused(400), 0).Problem!.ShouldContain("kind of sound");
        End(new ModelFailure.Refused(401), 0).Problem!.ShouldNotContain("sk-voice");
    }

    [Fact]
    public void A_minute_has_its_price_and_a_note_its_length()
    {
        SoundLength.Of(Note.Bytes).TotalSeconds.ShouldBeInRange(0.5, 30);
        SoundLength.Of(new byte[8_000]).TotalSeconds.ShouldBe(2);
        SoundLength.Of([]).ShouldBe(TimeSpan.Zero);
        Setup(new Uri("http://127.0.0.1/v1/")).Cost(TimeSpan.FromSeconds(90)).ShouldBe(9_000);
        TranscriptionSetup.Price("gpt-4o-mini-transcribe").ShouldBe(3_000);
    }

    private static Task<Heard> Hear(FileProvider server, TimeSpan? within = null) => Hear(server.Url, within);

    private static async Task<Heard> Hear(Uri server, TimeSpan? within = null)
    {
        using var http = new ModelHttp();
        return await new Transcriber(http).Hear(Setup(new Uri(server, "v1/")), Note.Bytes, Note.MimeType, CancellationToken.None, within);
    }

    private static TranscriptionSetup Setup(Uri url) => new("whisper-1", url, "sk-voice", 6_000, IsTenants: false);
}
