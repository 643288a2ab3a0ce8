namespace Relais.Engine.Flows.Liquid;

/// <summary><c>{% for x in list limit: 2 offset: 1 reversed %}…{% else %}…{% endfor %}</c>.</summary>
/// <param name="Source">The list as it was written: two loops over the same one may continue each other.</param>
internal sealed record LiquidLoop(
    string Name, LiquidExpression List, string Source, LiquidExpression? Offset, bool Continues, LiquidExpression? Limit, bool IsReversed,
    IReadOnlyList<LiquidNode> Body, IReadOnlyList<LiquidNode> Else) : LiquidNode
{
    public override void Play(LiquidRun run)
    {
        var all = LiquidValue.Items(List.Value(run));
        if (all.Count == 0)
        {
            run.Play(Else);
            return;
        }

        var key = $"for:{Name}:{Source}";
        var offset = Continues ? run.Mark(key) : Offset is null ? 0 : LiquidNumber.Whole(Offset.Value(run));
        var items = LiquidValue.Part(all, offset, all.Count);
        items = Limit is null ? items : LiquidValue.Part(items, 0, LiquidNumber.Whole(Limit.Value(run)));
        run.SetMark(key, offset + items.Count);
        if (IsReversed)
        {
            items = [.. items.Reverse()];
        }

        var most = run.Limits.LoopItems;
        if (items.Count > most)
        {
            run.Note($"A loop over “{Source}” has {items.Count} items; only the first {most} were taken.");
        }

        var state = new LiquidForLoop(items.Count, run.Variable("forloop") as LiquidForLoop);
        for (var i = 0; i < items.Count && i < most && run.Step(); i++)
        {
            state.At = i;
            run.Enter("forloop", state);
            run.Enter(Name, items[i]);
            run.Play(Body);
            run.Leave(2);
            run.IsContinued = false;
            if (run.IsLeaving)
            {
                break;
            }
        }

        run.IsBroken = false;
    }
}

/// <summary><c>forloop</c> inside a loop.</summary>
internal sealed class LiquidForLoop(int length, LiquidForLoop? outer)
{
    public int At { get; set; }

    public object? Property(string name) => name switch
    {
        "index" => At + 1d,
        "index0" => (double)At,
        "rindex" => (double)(length - At),
        "rindex0" => length - At - 1d,
        "first" => At == 0,
        "last" => At == length - 1,
        "length" => (double)length,
        "parentloop" => outer,
        _ => null,
    };
}
