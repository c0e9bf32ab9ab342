package dev.plumbline.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.hook.HookPoint;
import org.junit.jupiter.api.Test;

class RoleMeansTest {

    private static LayerVectors one(float value) {
        return LayerVectors.residPost(new int[] {0}, new float[][] {{value}});
    }

    private static RoleMeans poet() {
        return new RoleMeans("poet", HookPoint.RESID_POST, new int[] {0}, 1);
    }

    @Test
    void keepsAMeanForEachScore() {
        RoleMeans poet = poet();
        poet.add(3, one(10));
        poet.add(3, one(20));
        poet.add(2, one(4));
        poet.add(0, one(-6));

        assertThat(poet.vector(RoleVector.Kind.FULLY, 2))
                .contains(new RoleVector("poet", RoleVector.Kind.FULLY, one(15)));
        assertThat(poet.vector(RoleVector.Kind.FULLY, 3)).isEmpty();
        assertThat(poet.vector(RoleVector.Kind.SOMEWHAT, 1))
                .contains(new RoleVector("poet", RoleVector.Kind.SOMEWHAT, one(4)));
        assertThat(poet.vector(RoleVector.Kind.MEAN, 1)).contains(new RoleVector("poet", RoleVector.Kind.MEAN, one(7)));
        assertThat(poet.count()).isEqualTo(4);
        assertThat(poet.count(3)).isEqualTo(2);
    }

    @Test
    void theUnscoredCountInTheMeanOnly() {
        RoleMeans poet = poet();
        poet.addUnscored(one(1));
        poet.addUnscored(one(3));
        assertThat(poet.vector(RoleVector.Kind.MEAN, 0))
                .map(RoleVector::vectors)
                .contains(one(2));
        assertThat(poet.vector(RoleVector.Kind.FULLY, 0)).isEmpty();
    }

    @Test
    void merges() {
        RoleMeans first = poet();
        first.add(3, one(1));
        RoleMeans second = poet();
        second.add(3, one(3));
        second.addUnscored(one(5));
        first.merge(second);
        assertThat(first.vector(RoleVector.Kind.FULLY, 2))
                .map(RoleVector::vectors)
                .contains(one(2));
        assertThat(first.count()).isEqualTo(3);
        assertThatThrownBy(() -> first.merge(new RoleMeans("bard", HookPoint.RESID_POST, new int[] {0}, 1)))
                .hasMessage("Responses of role 'bard' added to those of 'poet'");
    }

    @Test
    void refusesOtherScores() {
        assertThatThrownBy(() -> poet().add(4, one(1))).hasMessage("Score 4 of role 'poet'; expected 0 to 3");
        assertThatThrownBy(() -> poet().add(-1, one(1))).hasMessageContaining("Score -1");
    }
}
