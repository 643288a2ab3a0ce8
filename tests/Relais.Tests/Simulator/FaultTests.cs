using System.Net;
using System.Text.Json;
using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

public sealed class FaultTests
{
    private const string Amina = "+212600000001";

    [Theory]
    [InlineData(nameof(FaultKind.TooManyRequests), 429, 4)]
    [InlineData(nameof(FaultKind.ThroughputReached), 400, 130429)]
    [InlineData(nameof(FaultKind.PairRateReached), 400, 131056)]
    [InlineData(nameof(FaultKind.TokenExpired), 401, 190)]
    [InlineData(nameof(FaultKind.Undeliverable), 400, 131026)]
    [InlineData(nameof(FaultKind.ServerError), 500, 131000)]
    [InlineData(nameof(FaultKind.Unavailable), 503, 2)]
    [InlineData(nameof(FaultKind.Down), 503, 2)]
    public async Task A_refusal_comes_once_in_metas_envelope_and_nothing_is_accepted(string kind, int status, int code)
    {
        await using var host = await Ready();
        host.Hub.Faults.Add(new Fault(Kind(kind), Times: 1, RetryAfter: 7));

        var refused = await host.SendMeta(Amina, "x");
        ((int)refused.StatusCode).ShouldBe(status);
        SendTests.Code(await SendTests.Json(refused)).ShouldBe(code);
        host.Hub.AcceptedTotal.ShouldBe(0);
        if (kind != nameof(FaultKind.Down))
        {
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        }

        (await host.SendMeta(Amina, "x")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(nameof(FaultKind.TooManyRequests), 429, 20429)]
    [InlineData(nameof(FaultKind.TokenExpired), 401, 20003)]
    [InlineData(nameof(FaultKind.ServerError), 500, 20500)]
    [InlineData(nameof(FaultKind.Down), 503, 20503)]
    public async Task A_refusal_comes_in_twilios_shape(string kind, int status, int code)
    {
        await using var host = await Ready();
        host.Hub.Faults.Add(new Fault(Kind(kind), Times: 1));
        var refused = await host.SendTwilio("whatsapp:" + Amina, "x");
        ((int)refused.StatusCode).ShouldBe(status);
        (await SendTests.Json(refused))["code"]!.GetValue<int>().ShouldBe(code);
        (await host.SendTwilio("whatsapp:" + Amina, "x")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(nameof(FaultKind.AcceptThenLose))]
    [InlineData(nameof(FaultKind.ResetMidBody))]
    public async Task A_lost_answer_still_means_that_the_message_is_out(string kind)
    {
        await using var host = await Ready();
        host.Hub.Faults.Add(new Fault(Kind(kind), Times: 2));
        await Should.ThrowAsync<HttpRequestException>(() => host.SendMeta(Amina, "x", "1"));
        await Should.ThrowAsync<HttpRequestException>(() => host.SendTwilio("whatsapp:" + Amina, "y"));
        host.Hub.Accepted.Select(a => a.Text).ShouldBe(["x", "y"]);
        await host.Hub.Quiet();
        host.Webhooks.Count(w => w.Text.Contains("biz_opaque_callback_data", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData(nameof(FaultKind.GarbageAnswer))]
    [InlineData(nameof(FaultKind.TruncatedAnswer))]
    public async Task An_unreadable_200_is_unreadable(string kind)
    {
        await using var host = await Ready();
        host.Hub.Faults.Add(new Fault(Kind(kind), Times: 1));
        var answer = await host.SendMeta(Amina, "x");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await answer.Content.ReadAsStringAsync();
        Should.Throw<JsonException>(() => JsonDocument.Parse(body));
        host.Hub.AcceptedTotal.ShouldBe(1);
    }

    [Fact]
    public async Task A_proxys_page_is_html_and_a_slow_answer_comes()
    {
        await using var host = await Ready();
        host.Hub.Faults.Add(new Fault(FaultKind.BadGatewayHtml, Times: 1));
        host.Hub.Faults.Add(new Fault(FaultKind.Slow, Times: 1, Delay: TimeSpan.FromMilliseconds(150)));
        (await host.SendMeta(Amina, "x")).Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var started = TimeProvider.System.GetTimestamp();
        (await host.SendMeta(Amina, "x")).StatusCode.ShouldBe(HttpStatusCode.OK);
        TimeProvider.System.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(140));
    }

    [Fact]
    public async Task A_hanging_call_ends_with_its_client()
    {
        await using var host = await Ready();
        host.Hub.Faults.Add(new Fault(FaultKind.Hang, Times: 1));
        host.Http.Timeout.ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<TimeoutException>(() => host.SendMeta(Amina, "x").WaitAsync(TimeSpan.FromMilliseconds(300)));
        host.Hub.AcceptedTotal.ShouldBe(0);
    }

    [Fact]
    public async Task A_fault_hits_only_whom_it_names_and_as_often_as_it_says()
    {
        await using var host = await Ready();
        await host.Hub.Phone("+33600000002").Say(host.Meta, "Salut");
        host.Hub.Faults.Add(new Fault(FaultKind.ServerError, To: Amina, Every: 2));
        List<int> statuses = [];
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((int)(await host.SendMeta(Amina, "x")).StatusCode);
        }

        statuses.ShouldBe([200, 500, 200, 500]);
        (await host.SendMeta("+33600000002", "x")).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Hub.Faults.Clear();
        (await host.SendMeta(Amina, "x")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(nameof(FaultKind.StatusesOutOfOrder), "delivered,sent")]
    [InlineData(nameof(FaultKind.StatusesDoubled), "sent,sent,delivered,delivered")]
    [InlineData(nameof(FaultKind.StatusFailed), "failed")]
    [InlineData(nameof(FaultKind.StatusesLost), "")]
    public async Task Statuses_go_wrong_as_programmed(string kind, string expected)
    {
        await using var host = await Ready();
        host.Hub.Faults.Add(new Fault(Kind(kind), Times: 1, Code: 131049));
        (await host.SendMeta(Amina, "x")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.Hub.Quiet();
        string.Join(',', host.Webhooks.Select(w => w.Value["statuses"]![0]!["status"]!.GetValue<string>())).ShouldBe(expected);
        if (kind == nameof(FaultKind.StatusFailed))
        {
            host.Webhooks.Single().Value["statuses"]![0]!["errors"]![0]!["code"]!.GetValue<int>().ShouldBe(131049);
        }
    }

    [Fact]
    public async Task Statuses_can_come_before_the_answer()
    {
        await using var host = await Ready();
        host.Hub.Faults.Add(new Fault(FaultKind.StatusesBeforeAnswer, Times: 1));
        await host.SendMeta(Amina, "x");
        host.Webhooks.Count.ShouldBe(2);
    }

    // xunit's tests are public, the simulator is not.
    private static FaultKind Kind(string name) => Enum.Parse<FaultKind>(name);

    private static async Task<SimulatorHost> Ready()
    {
        var host = await SimulatorHost.Start();
        await host.Hub.Phone(Amina).Say(host.Meta, "Bonjour");
        await host.Hub.Phone(Amina).Say(host.Twilio, "Bonjour");
        host.Webhooks.Clear();
        return host;
    }
}
