namespace Relais.Engine.Flows.Liquid;

/// <summary>A piece of a template that writes something or changes a variable.</summary>
internal abstract record LiquidNode
{
    public abstract void Play(LiquidRun run);
}

internal sealed record LiquidWords(string Text) : LiquidNode
{
    public override void Play(LiquidRun run) => run.Write(Text);
}

internal sealed record LiquidOutput(LiquidExpression Value) : LiquidNode
{
    public override void Play(LiquidRun run) => run.Write(LiquidValue.Text(Value.Value(run), run));
}

internal sealed record LiquidAssign(string Name, LiquidExpression Value) : LiquidNode
{
    public override void Play(LiquidRun run) => run.Assign(Name, Value.Value(run));
}

internal sealed record LiquidCapture(string Name, IReadOnlyList<LiquidNode> Body) : LiquidNode
{
    public override void Play(LiquidRun run) => run.Assign(Name, run.Captured(Body));
}

/// <param name="By">1 for increment (writes the number before), -1 for decrement (writes the number after).</param>
internal sealed record LiquidCounter(string Name, int By) : LiquidNode
{
    public override void Play(LiquidRun run)
    {
        var after = run.Count(Name, By);
        run.Write(LiquidValue.Text(By > 0 ? after - 1 : after));
    }
}

/// <param name="Branches">if, elsif … (a missing condition: else); of unless the first condition is turned round.</param>
internal sealed record LiquidIf(IReadOnlyList<(LiquidExpression? Condition, IReadOnlyList<LiquidNode> Body)> Branches) : LiquidNode
{
    public override void Play(LiquidRun run)
    {
        foreach (var (condition, body) in Branches)
        {
            if (condition is null || LiquidValue.IsTrue(condition.Value(run)))
            {
                run.Play(body);
                return;
            }
        }
    }
}

/// <param name="Branches">Every branch of which one value fits is played, as the reference implementation does.</param>
internal sealed record LiquidCase(
    LiquidExpression Subject, IReadOnlyList<(IReadOnlyList<LiquidExpression> Values, IReadOnlyList<LiquidNode> Body)> Branches,
    IReadOnlyList<LiquidNode> Else) : LiquidNode
{
    public override void Play(LiquidRun run)
    {
        var subject = Subject.Value(run);
        var fits = false;
        foreach (var (_, body) in Branches.Where(b => b.Values.Any(v => LiquidValue.AreEqual(subject, v.Value(run)))))
        {
            fits = true;
            run.Play(body);
        }

        if (!fits)
        {
            run.Play(Else);
        }
    }
}

/// <param name="Key">Cycles with the same key go round together.</param>
internal sealed record LiquidCycle(string Key, LiquidExpression? Group, IReadOnlyList<LiquidExpression> Values) : LiquidNode
{
    public override void Play(LiquidRun run)
    {
        var key = $"cycle:{(Group is null ? "" : LiquidValue.Text(Group.Value(run)))}:{Key}";
        var at = run.Mark(key);
        run.SetMark(key, (at + 1) % Values.Count);
        run.Write(LiquidValue.Text(Values[at].Value(run), run));
    }
}

internal sealed record LiquidLeave(bool Breaks) : LiquidNode
{
    public override void Play(LiquidRun run)
    {
        if (Breaks)
        {
            run.IsBroken = true;
        }
        else
        {
            run.IsContinued = true;
        }
    }
}
