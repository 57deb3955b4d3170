"""Forecasts of monthly sums: ways to forecast, their backtest, what follows from it, and parts that sum to the whole."""
