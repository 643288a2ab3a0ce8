using System.Net;
using System.Text.Json.Nodes;

namespace Relais.Engine.Flows.Steps;

/// <summary>make-http-request and run-function: what is asked, and what an answer leads to.</summary>
internal static class HttpStep
{
    public static StepResult Request(FlowRun run, FlowWidget widget)
    {
        var url = run.Render(widget.Text("url")).Trim();
        var isPost = string.Equals(run.Render(widget.Text("method")).Trim(), "POST", StringComparison.OrdinalIgnoreCase);
        var told = widget.Text("content_type");
        var isJson = told?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
        var parameters = SubflowStep.Parameters(run, widget);
        var body = run.Render(widget.Text("body"));
        if (!isPost)
        {
            return Call(run, new FlowCall("GET", WithQuery(url, parameters), null, null));
        }

        return Call(run, body.Length > 0 || parameters.Count == 0
            ? new FlowCall("POST", url, told ?? "application/x-www-form-urlencoded;charset=utf-8", body)
            : new FlowCall("POST", url, isJson ? told! : "application/x-www-form-urlencoded;charset=utf-8", isJson ? parameters.ToJsonString() : Form(parameters)));
    }

    public static StepResult Function(FlowRun run, FlowWidget widget)
    {
        var url = run.Render(widget.Text("url")).Trim();
        if (url.Length == 0 || run.World.Functions.ContainsKey(widget.Text("function_sid") ?? ""))
        {
            url = run.World.Functions.GetValueOrDefault(widget.Text("function_sid") ?? "", url);
        }

        return url.Length == 0
            ? Over(run, "fail", new FlowAnswer(null, null, ""))
            : Call(run, new FlowCall("POST", url, "application/x-www-form-urlencoded;charset=utf-8", Form(SubflowStep.Parameters(run, widget))));
    }

    public static StepResult Answered(FlowRun run, FlowWidget widget, FlowAnswer answer)
    {
        var isFunction = widget.Type == "run-function";
        var isGood = answer.Status is { } status && status >= 200 && status < (isFunction ? 400 : 300);
        return Over(run, isGood ? "success" : isFunction ? "fail" : "failed", answer);
    }

    private static StepResult.Stay Call(FlowRun run, FlowCall call)
    {
        run.State = run.State with { Wait = FlowWait.Call, Until = null, Pending = call };
        return new StepResult.Stay();
    }

    /// <summary>The outputs of protocol §3: nothing at all when no answer came; parsed only of JSON.</summary>
    private static StepResult.Leave Over(FlowRun run, string happening, FlowAnswer answer)
    {
        var outputs = new JsonObject();
        if (answer.Status is { } status)
        {
            outputs["body"] = answer.Body;
            outputs["status_code"] = status;
            outputs["content_type"] = answer.ContentType ?? "";
            if (answer.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true)
            {
                outputs["parsed"] = VariablesStep.Json(answer.Body);
            }
        }

        run.Context.Inside("widgets")[run.State.Step] = outputs;
        return new StepResult.Leave(happening);
    }

    private static string Form(JsonObject parameters) => string.Join(
        '&', parameters.Select(p => $"{WebUtility.UrlEncode(p.Key)}={WebUtility.UrlEncode(p.Value?.ToString() ?? "")}"));

    private static string WithQuery(string url, JsonObject parameters) => parameters.Count == 0 ? url
        : url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Form(parameters);
}
