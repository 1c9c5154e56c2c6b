namespace Limpet.TestTargets;

/// <summary>
/// A program whose truth is known. It builds its shape, states the truth in one line, says "ready", and then answers every
/// line of standard input with one line until "quit" or the end of the input.
/// </summary>
internal abstract class Target
{
    /// <summary>Builds the shape and returns its truth as "name=count" pairs, or an empty string where nothing is built.</summary>
    public virtual string Build() => "";

    /// <summary>Performs operation <paramref name="number"/>, counted from 1, and returns the line that answers it.</summary>
    public virtual string Answer(string line, int number)
    {
        Operate(number);
        return $"done {number}";
    }

    /// <summary>One operation. It does nothing unless the target is about operations.</summary>
    public virtual void Operate(int number)
    {
    }

    /// <summary>Runs the protocol on standard input and output.</summary>
    public virtual int Run()
    {
        if (Build() is { Length: > 0 } truth)
        {
            Console.WriteLine($"truth {truth}");
        }

        Console.WriteLine("ready");
        for (int number = 1; Console.ReadLine() is { } line && line != "quit"; number++)
        {
            Console.WriteLine(Answer(line, number));
        }

        Park.Release();
        return 0;
    }
}
