"""Ground floor: knows no feature and imports nothing of ours from above."""
