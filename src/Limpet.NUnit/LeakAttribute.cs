using System.Globalization;
using Limpet.KnownLeaks;
using NUnit.Framework;

namespace Limpet.NUnit;

/// <summary>Tests of one leak by its number: the properties <c>leak=1</c> and <c>memory_leak=true</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class LeakAttribute : PropertyAttribute
{
    /// <summary>Marks a test.</summary>
    /// <param name="number">The number; at least 1.</param>
    public LeakAttribute(int number)
        : base(TestTraits.Leak, number.ToString(CultureInfo.InvariantCulture))
    {
        Number = number;
        Properties.Add(TestTraits.MemoryLeak, "true");
    }

    /// <summary>The number.</summary>
    public int Number { get; }
}
